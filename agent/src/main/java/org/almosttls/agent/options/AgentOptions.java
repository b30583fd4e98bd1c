package org.almosttls.agent.options;

import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * What the user asked of the agent, parsed once.
 *
 * @param mode what happens to the application's TLS
 * @param rules for whom it happens
 * @param protocol what our contexts speak
 * @param textbookRemote whether AlmostTLSv1 may be spoken with peers that are not on this machine
 * @param onRequest the words of what TLS does only if it is asked for, such as {@code heartbeat}, and what they say
 * @param tickets the file of the keys of session tickets, if there is one
 * @param upgrade what happens to connections in plaintext
 * @param log where the line of each session goes
 * @param format how it is written
 * @param detail how much of it is told
 * @param keyLog where secrets are written, if anywhere
 * @param help whether the list of options was asked for
 */
public record AgentOptions(
        Mode mode,
        InstallRules rules,
        Protocol protocol,
        boolean textbookRemote,
        Map<String, String> onRequest,
        Optional<String> tickets,
        UpgradeOptions upgrade,
        LogTarget log,
        Format format,
        Detail detail,
        Optional<LogTarget> keyLog,
        boolean help) {

    /** What happens to the application's TLS. */
    public enum Mode {
        INSTALL,
        /** It stays what it is, and its sessions are told. */
        OBSERVE,
        OFF
    }

    /** What our contexts speak. */
    public enum Protocol {
        TLS,
        /** The textbook protocol and nothing else, under whatever name an application asks for. */
        ALMOST_TLS_V1
    }

    /** How a session is written. */
    public enum Format {
        TEXT,
        JSON
    }

    /** What has a line of its own. */
    public enum Detail {
        SESSION,
        /** Each message as well. */
        HANDSHAKE,
        /** Each record as well. */
        RECORD
    }

    private static final String OFF = "off";

    /**
     * From the text behind {@code -javaagent:almost-tls-agent.jar=}, then the system properties {@code almosttls.*},
     * then the environment {@code ALMOSTTLS_*}, then the configuration file; the first that says something wins.
     *
     * @throws OptionRefused for an unknown word, a bad value, or a file that cannot be read or written
     */
    public static AgentOptions of(String text, Properties properties, Map<String, String> environment)
            throws OptionRefused {
        return of(GivenWords.from(text, properties, environment));
    }

    static AgentOptions of(GivenWords given) throws OptionRefused {
        if (given.has(AgentOption.HELP))
            return new AgentOptions(
                    Mode.OFF,
                    InstallRules.NONE,
                    Protocol.TLS,
                    false,
                    Map.of(),
                    Optional.empty(),
                    UpgradeOptions.OFF,
                    LogTarget.STDERR,
                    Format.TEXT,
                    Detail.SESSION,
                    Optional.empty(),
                    true);
        Mode mode = given.choice(AgentOption.MODE, Mode.class, Mode.INSTALL);
        InstallRules rules = InstallRules.from(given);
        boolean textbook = given.oneOf(AgentOption.PROTOCOL).equals("AlmostTLSv1");
        boolean remote = Boolean.parseBoolean(given.oneOf(AgentOption.TEXTBOOK_REMOTE));
        Map<String, String> onRequest = given.requested();
        Optional<String> tickets = given.anyValue(AgentOption.TICKETS);
        UpgradeOptions upgrade = UpgradeOptions.of(given);
        if (mode == Mode.OBSERVE && upgrade.mode() != UpgradeOptions.Mode.OFF)
            throw new OptionRefused(given.named(AgentOption.UPGRADE) + " asks for mode=install");
        LogTarget log = LogTarget.STDERR;
        if (given.has(AgentOption.LOG)) log = LogTarget.of(given.value(AgentOption.LOG));
        Format format = given.choice(AgentOption.FORMAT, Format.class, log.isFile() ? Format.JSON : Format.TEXT);
        Detail detail = given.choice(AgentOption.DETAIL, Detail.class, Detail.SESSION);
        if (mode != Mode.OFF && !log.isWritable()) {
            throw new OptionRefused("cannot write to \"" + log.name() + "\", " + given.named(AgentOption.LOG));
        }
        Protocol protocol = textbook ? Protocol.ALMOST_TLS_V1 : Protocol.TLS;
        return new AgentOptions(
                mode, rules, protocol, remote, onRequest, tickets, upgrade, log, format, detail, keyLog(given), false);
    }

    /** Secrets leave by this door only, and only where that is said in so many words. */
    private static Optional<LogTarget> keyLog(GivenWords given) throws OptionRefused {
        boolean exposed = given.oneOf(AgentOption.SECRETS).equals("expose");
        if (!given.has(AgentOption.KEYLOG) || given.value(AgentOption.KEYLOG).equals(OFF)) return Optional.empty();
        String named = given.named(AgentOption.KEYLOG);
        if (!exposed)
            throw new OptionRefused(named + " writes the secrets of sessions; it needs secrets=expose as well");
        LogTarget file = LogTarget.of(given.value(AgentOption.KEYLOG));
        if (!file.isFile() || !file.isWritable())
            throw new OptionRefused("cannot write to \"" + file.name() + "\", " + named);
        return Optional.of(file);
    }

    /** Whether stores that the application loads by itself are to be read again. */
    public boolean reloadsStores() {
        return onRequest.containsKey(AgentOption.RELOAD_STORES.word());
    }

    /** The whole list of options, as {@code help} prints it. */
    public static String helpText() {
        StringBuilder text =
                new StringBuilder("java -javaagent:almost-tls-agent.jar=WORD=VALUE[,WORD=VALUE] -jar app.jar\n");
        for (AgentOption option : AgentOption.values()) {
            String word = option.word() + (option.choices().isEmpty() ? "" : "=" + option.choices());
            text.append(String.format("  %-24s %s", word, option.meaning()));
            text.append(option.usual().isEmpty() ? "\n" : " (default: " + option.usual() + ")\n");
        }
        return text.append("Each word is also a system property (almosttls.mode), an environment variable\n")
                .append("(ALMOSTTLS_MODE) and a line of the configuration file (mode=off); the first of these\n"
                        + "that says something wins.\n")
                .toString();
    }
}
