package org.almosttls.agent.options;

import java.util.List;
import java.util.Locale;

/** The table of the agent's options, from which parsing, checking and the help text all come. */
enum AgentOption {
    MODE(
            "mode",
            "install|observe|off",
            "install",
            "install: the application's default TLS becomes AlmostTLS; observe: its own is watched; off: nothing"),
    INSTALL_ONLY(
            "install.only",
            "RULES",
            "everything",
            "whose TLS becomes ours; with ; between them: class, package.*, host, host:port, *:port"),
    INSTALL_EXCEPT("install.except", "RULES", "nothing", "whose TLS stays the platform's; written in the same way"),
    PROTOCOL("protocol", "TLS|AlmostTLSv1", "TLS", "AlmostTLSv1: the textbook protocol, for learning, at both ends"),
    TEXTBOOK_REMOTE("textbook.remote", "true|false", "false", "whether AlmostTLSv1 may leave this machine"),
    RENEGOTIATION(
            "renegotiation", "true|false", "false", "whether either end may renegotiate TLS 1.2 and 1.1 (RFC 5746)"),
    COMPRESSION(
            "compression",
            "true|false",
            "false",
            "DEFLATE, which can leak what it compresses (CRIME); for learning, and never for HTTP"),
    HEARTBEAT(
            "heartbeat",
            "true|false|TIME",
            "false",
            "answer the heartbeats of peers (RFC 6520); 30s or 5m: ask too, while a read waits so long in vain"),
    GREASE("grease", "true|false", "false", "offer values that stand for nothing (RFC 8701)"),
    PERMUTE_EXTENSIONS(
            "permute_extensions",
            "true|false",
            "false",
            "each ClientHello has its extensions in another order (RFC 8446 4.2), so that nobody can rely on one"),
    POST_HANDSHAKE_AUTH(
            "post_handshake_auth",
            "true|false",
            "false",
            "as a client of TLS 1.3, show a certificate also when asked after the handshake (RFC 8446 4.6.2)"),
    RECORD_PADDING(
            "record_padding",
            "none|OCTETS|max",
            "none",
            "hide lengths in TLS 1.3 (RFC 8446 5.4): 512: records encrypt a multiple of it; max: all are as long as can be"),
    TICKETS("tickets", "FILE", "keys of its own", "the keys of session tickets that a fleet of servers shares"),
    RELOAD(
            "reload",
            "true|false|TIME",
            "false",
            "read the default key and trust store again when their files change; true: look each second; 30s, 5m: less often"),
    RELOAD_STORES(
            "reload.stores",
            "FILES",
            "none",
            "files of stores that the application loads by itself, with the path separator between them: the same for them"),
    UPGRADE(
            "upgrade",
            "off|observe|permissive|strict",
            "off",
            "plaintext connections; observe: tell who has them; permissive: TLS with whom speaks it; strict: TLS or nothing"),
    UPGRADE_PORTS("upgrade.ports", "PORTS", "none", "which, by the server's port, at either end: 9092,6379,8000-8010"),
    UPGRADE_HOSTS(
            "upgrade.hosts",
            "HOSTS",
            "any",
            "which, as a client, by the server's host: db.example,*.internal,10.0.0.7"),
    UPGRADE_PEERS(
            "upgrade.peers",
            "NAMES",
            "the host",
            "who may be there: spiffe://example.org/db, spiffe://example.org/*; any: whom the trust store vouches for"),
    UPGRADE_KEYSTORE("upgrade.keystore", "FILE", "none", "a PKCS #12 or JKS with this end's key and certificates"),
    UPGRADE_KEYSTORE_PASSWORD(
            "upgrade.keystore.password",
            "TEXT",
            "none",
            "its password, by the system property, the environment or the configuration file only: options are seen by all"),
    UPGRADE_KEYSTORE_PASSWORD_FILE(
            "upgrade.keystore.password_file", "FILE", "none", "a file whose first line is that password"),
    UPGRADE_TRUSTSTORE(
            "upgrade.truststore",
            "FILE",
            "the platform's",
            "whom to trust: PEM, PKCS #12 or JKS; then servers ask for certificates"),
    UPGRADE_TRUSTSTORE_PASSWORD(
            "upgrade.truststore.password", "TEXT", "none", "its password, if it has one, in the same way"),
    UPGRADE_TRUSTSTORE_PASSWORD_FILE(
            "upgrade.truststore.password_file", "FILE", "none", "a file whose first line is that password"),
    UPGRADE_PROTOCOL(
            "upgrade.protocol", "TLS|AlmostTLSv1", "TLS", "AlmostTLSv1: the textbook protocol, on this machine only"),
    LOG("log", "stderr|stdout|FILE", "stderr", "where the line of each session goes; in a file's name %p pid, %t time"),
    FORMAT("format", "text|json", "text, for a file json", "how the line of a session is written"),
    DETAIL(
            "detail",
            "session|handshake|record",
            "session",
            "handshake: also a line for each message, decoded; record: one for each record too"),
    KEYLOG(
            "keylog",
            "FILE|off",
            "off",
            "the secrets of sessions (RFC 9850), for who reads a capture; needs secrets=expose"),
    SECRETS("secrets", "hide|expose", "hide", "expose: they may be written to a file, where it is asked for"),
    CONFIG("config", "FILE", "none", "a properties file with the same words; it cannot name another"),
    HELP("help", "", "", "print this list; among the agent's options only");

    private static final String TIME = "TIME";
    private static final String OCTETS = "OCTETS";
    private static final String FILES = "FILES";
    private static final int MOST_OCTETS = 1 << 14;

    private final String word;
    private final String choices;
    private final String usual;
    private final String meaning;

    AgentOption(String word, String choices, String usual, String meaning) {
        this.word = word;
        this.choices = choices;
        this.usual = usual;
        this.meaning = meaning;
    }

    String word() {
        return word;
    }

    String choices() {
        return choices;
    }

    /** Whether the table has this value, as it is or as a kind. */
    boolean allows(String value) {
        var all = List.of(choices.split("\\|"));
        if (value.equals(TIME) || value.equals(OCTETS)) return false;
        return all.contains(value)
                || all.contains(FILES)
                || all.contains(TIME) && value.matches("[1-9][0-9]{0,4}[sm]")
                || all.contains(OCTETS) && value.matches("[1-9][0-9]{0,4}") && Integer.parseInt(value) <= MOST_OCTETS;
    }

    /** What holds if nobody says anything. */
    String usual() {
        return usual;
    }

    String meaning() {
        return meaning;
    }

    String property() {
        return "almosttls." + word;
    }

    String variable() {
        return property().toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /** The words with lists, which may have commas in the agent's options too. */
    boolean isList() {
        return this == UPGRADE_PORTS || this == UPGRADE_HOSTS || this == UPGRADE_PEERS;
    }

    /** Not for a command line, and never to be printed. */
    boolean isSecret() {
        return this == UPGRADE_KEYSTORE_PASSWORD || this == UPGRADE_TRUSTSTORE_PASSWORD;
    }

    /** Asked for on the command line only. */
    boolean isQuestion() {
        return this == HELP;
    }

    /** What TLS does only if it is asked for. */
    boolean isOnRequest() {
        return List.of(
                        RENEGOTIATION,
                        COMPRESSION,
                        HEARTBEAT,
                        GREASE,
                        PERMUTE_EXTENSIONS,
                        POST_HANDSHAKE_AUTH,
                        RECORD_PADDING,
                        RELOAD,
                        RELOAD_STORES)
                .contains(this);
    }

    /** May be set while the application runs; all others take effect when hooks are set or contexts are made. */
    boolean isChangeable() {
        return List.of(LOG, FORMAT, DETAIL, KEYLOG, SECRETS).contains(this);
    }

    /** The words that may be set while the application runs. */
    static String changeable() {
        StringBuilder words = new StringBuilder();
        for (AgentOption option : values())
            if (option.isChangeable()) words.append(words.isEmpty() ? "" : ", ").append(option.word);
        return words.toString();
    }

    static AgentOption of(String word, String origin) throws OptionRefused {
        for (AgentOption option : values()) {
            if (option.word.equals(word)) return option;
        }
        throw new OptionRefused("unknown word \"" + word + "\" in " + origin + "; the words are " + words());
    }

    private static String words() {
        StringBuilder words = new StringBuilder();
        for (AgentOption option : values())
            words.append(words.isEmpty() ? "" : ", ").append(option.word);
        return words.toString();
    }
}
