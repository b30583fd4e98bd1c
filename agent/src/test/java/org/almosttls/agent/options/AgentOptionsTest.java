package org.almosttls.agent.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.almosttls.agent.options.AgentOptions.Detail;
import org.almosttls.agent.options.AgentOptions.Format;
import org.almosttls.agent.options.AgentOptions.Mode;
import org.almosttls.agent.options.AgentOptions.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentOptionsTest {

    @TempDir
    private Path folder;

    private final Properties properties = new Properties();

    private AgentOptions parse(String text, Map<String, String> environment) throws OptionRefused {
        return AgentOptions.of(text, properties, environment);
    }

    private AgentOptions parse(String text) throws OptionRefused {
        return parse(text, Map.of());
    }

    private String refusal(String text) {
        return assertThrows(OptionRefused.class, () -> parse(text)).getMessage();
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    @Test
    void withoutAWordTheAgentInstallsAndTellsSessionsAsTextOnStderr() throws OptionRefused {
        assertEquals(
                new AgentOptions(
                        Mode.INSTALL,
                        InstallRules.NONE,
                        Protocol.TLS,
                        false,
                        Map.of(),
                        Optional.empty(),
                        UpgradeOptions.OFF,
                        new LogTarget("stderr"),
                        Format.TEXT,
                        Detail.SESSION,
                        Optional.empty(),
                        false),
                parse(""));
    }

    /** It is looked at when a key is needed, and what is wrong with it is said then. */
    @Test
    void theFileOfTicketKeysIsTakenAsItIs() throws OptionRefused {
        assertEquals(Optional.empty(), parse("").tickets());
        assertEquals(
                Optional.of("/run/tickets.key"),
                parse("tickets=/run/tickets.key").tickets());
        assertEquals(
                Optional.of("a"), parse("", Map.of("ALMOSTTLS_TICKETS", "a")).tickets());
    }

    @ParameterizedTest
    @CsvSource({"install, INSTALL", "off, OFF"})
    void modeIsInstallOrOff(String word, Mode mode) throws OptionRefused {
        assertEquals(mode, parse("mode=" + word).mode());
    }

    @ParameterizedTest
    @CsvSource({"TLS, TLS", "AlmostTLSv1, ALMOST_TLS_V1"})
    void protocolIsTlsOrTheTextbooks(String word, Protocol protocol) throws OptionRefused {
        assertEquals(protocol, parse("protocol=" + word).protocol());
    }

    @Test
    void theTextbookLeavesThisMachineOnRequestOnly() throws OptionRefused {
        assertFalse(parse("protocol=AlmostTLSv1").textbookRemote());
        assertFalse(parse("textbook.remote=false").textbookRemote());
        assertTrue(parse("textbook.remote=true").textbookRemote());
        assertTrue(parse("", Map.of("ALMOSTTLS_TEXTBOOK_REMOTE", "true")).textbookRemote());
    }

    @Test
    void whatTlsDoesOnRequestIsNotDoneUnlessItIsRequested() throws OptionRefused {
        assertEquals(Map.of(), parse("heartbeat=false").onRequest());
        assertEquals(
                Map.of("heartbeat", "true", "grease", "true"),
                parse("heartbeat=true", Map.of("ALMOSTTLS_GREASE", "true")).onRequest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "512", "16384", "max"})
    void recordsMayBePadded(String padding) throws OptionRefused {
        assertEquals(
                Map.of("record_padding", padding),
                parse("record_padding=" + padding).onRequest());
        assertEquals(Map.of(), parse("record_padding=none").onRequest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "16385", "true", "OCTETS", "30s", "-1", "99999999"})
    void whatIsNoPaddingIsRefused(String padding) {
        assertTrue(refusal("record_padding=" + padding).contains("it is none|OCTETS|max"));
    }

    @Test
    void storesMayBeReadAgain() throws OptionRefused {
        assertEquals(Map.of("reload", "5m"), parse("reload=5m").onRequest());
        assertFalse(parse("reload=true").reloadsStores());
        assertTrue(parse("reload.stores=/etc/tls/server.p12").reloadsStores());
        assertTrue(refusal("reload=often").contains("it is true|false|TIME"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"30s", "1s", "5m", "99999m"})
    void heartbeatsMayHaveATime(String time) throws OptionRefused {
        assertEquals(Map.of("heartbeat", time), parse("heartbeat=" + time).onRequest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "0s", "TIME", "1h", "s", "-1s", "100000s", "yes"})
    void whatIsNoTimeIsRefused(String time) {
        assertTrue(refusal("heartbeat=" + time).contains("it is true|false|TIME"));
        assertThrows(OptionRefused.class, () -> parse("grease=" + time));
    }

    @ParameterizedTest
    @ValueSource(strings = {"protocol=almosttlsv1", "grease=on", "protocol=TLSv1.2", "textbook.remote=yes"})
    void whatIsNoneOfTheChoicesIsRefused(String text) {
        assertTrue(refusal(text).startsWith("bad value \"" + text.replaceFirst(".*=", "") + "\" for "), refusal(text));
    }

    @Test
    void aFileIsWrittenAsJson() throws OptionRefused {
        assertEquals(Format.JSON, parse("log=" + folder.resolve("tls.jsonl")).format());
    }

    @Test
    void aStandardStreamIsWrittenAsText() throws OptionRefused {
        assertEquals(Format.TEXT, parse("log=stdout").format());
    }

    @Test
    void theFormatOfAFileCanBeChosen() throws OptionRefused {
        assertEquals(
                Format.TEXT,
                parse("log=" + folder.resolve("tls.log") + ",format=text").format());
    }

    @Test
    void theProcessIdAndTheTimeAreFilledIn() throws OptionRefused {
        Path log = Path.of(parse("log=" + folder.resolve("%p-%t.log")).log().name());
        String name = folder.relativize(log).toString();
        assertTrue(name.matches(ProcessHandle.current().pid() + "-\\d{8}-\\d{6}\\.log"), name);
    }

    @Test
    void aLogFileIsForItsOwnerOnly() throws Exception {
        Path log = folder.resolve("new.log");
        parse("log=" + log);
        boolean posix = log.getFileSystem().supportedFileAttributeViews().contains("posix");
        assertEquals(posix ? "rw-------" : "", posix ? permissionsOf(log) : "");
    }

    private static String permissionsOf(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void theAgentsOwnOptionWinsOverAllOthers() throws Exception {
        properties.setProperty("almosttls.format", "text");
        String text = "format=json,config=" + file("agent.properties", "format=text\n");
        assertEquals(
                Format.JSON, parse(text, Map.of("ALMOSTTLS_FORMAT", "text")).format());
    }

    @Test
    void theSystemPropertyWinsOverEnvironmentAndFile() throws Exception {
        properties.setProperty("almosttls.format", "json");
        String text = "config=" + file("agent.properties", "format=text\n");
        assertEquals(
                Format.JSON, parse(text, Map.of("ALMOSTTLS_FORMAT", "text")).format());
    }

    @Test
    void theEnvironmentWinsOverTheFile() throws Exception {
        String text = "config=" + file("agent.properties", "format=text\n");
        assertEquals(
                Format.JSON, parse(text, Map.of("ALMOSTTLS_FORMAT", "json")).format());
    }

    @Test
    void theFileSpeaksWhenNobodyElseDoes() throws Exception {
        Path config = file("agent.properties", "mode=off\nformat=json\n");
        AgentOptions options = parse("", Map.of("ALMOSTTLS_CONFIG", config.toString()));
        assertEquals(
                new AgentOptions(
                        Mode.OFF,
                        InstallRules.NONE,
                        Protocol.TLS,
                        false,
                        Map.of(),
                        Optional.empty(),
                        UpgradeOptions.OFF,
                        new LogTarget("stderr"),
                        Format.JSON,
                        Detail.SESSION,
                        Optional.empty(),
                        false),
                options);
    }

    @ParameterizedTest
    @EnumSource(
            value = AgentOption.class,
            names = {"HELP"},
            mode = EnumSource.Mode.EXCLUDE)
    void anEmptyValueIsRefusedByTheWordsName(AgentOption option) {
        assertTrue(refusal(option.word() + "=").contains("no value for " + option.word() + " in the agent's options"));
    }

    @Test
    void anUnknownWordIsNamedWithThoseThatExist() {
        assertEquals(
                "unknown word \"colour\" in the agent's options; the words are mode, install.only, install.except,"
                        + " protocol, textbook.remote,"
                        + " renegotiation, compression, heartbeat, grease, permute_extensions, post_handshake_auth,"
                        + " record_padding, tickets, reload, reload.stores, "
                        + "upgrade, upgrade.ports, upgrade.hosts, upgrade.peers, upgrade.keystore, upgrade.keystore.password,"
                        + " upgrade.keystore.password_file, upgrade.truststore, upgrade.truststore.password,"
                        + " upgrade.truststore.password_file, upgrade.protocol, log, format, detail, keylog, secrets,"
                        + " config, help",
                refusal("mode=off,colour=x"));
    }

    @Test
    void secretsAreWrittenOnlyWhereASecondWordSaysSo() throws OptionRefused {
        assertEquals(
                "keylog in the agent's options writes the secrets of sessions; it needs secrets=expose as well",
                refusal("keylog=" + folder.resolve("keys.txt")));
        assertEquals(Optional.empty(), parse("secrets=expose").keyLog());
        var file = new LogTarget(folder.resolve("keys.txt").toString());
        assertEquals(
                Optional.of(file), parse("secrets=expose,keylog=" + file.name()).keyLog());
    }

    @Test
    void anUnknownWordInTheFileIsNamedWithTheFile() throws IOException {
        Path config = file("agent.properties", "colour=red\n");
        String refusal = refusal("config=" + config);
        assertTrue(refusal.startsWith("unknown word \"colour\" in the configuration file " + config), refusal);
    }

    @Test
    void aBadValueIsNamedWithItsWordItsOriginAndItsChoices() {
        properties.setProperty("almosttls.mode", "Observe");
        assertEquals(
                "bad value \"Observe\" for mode in the system property almosttls.mode; it is install|observe|off",
                refusal(""));
    }

    @Test
    void aBadValueInTheEnvironmentIsNamedWithTheVariable() {
        OptionRefused refused = assertThrows(OptionRefused.class, () -> parse("", Map.of("ALMOSTTLS_FORMAT", "xml")));
        assertEquals(
                "bad value \"xml\" for format in the environment variable ALMOSTTLS_FORMAT; it is text|json",
                refused.getMessage());
    }

    @Test
    void aWordThatIsThereTwiceIsRefused() {
        assertEquals("\"mode\" is there twice in the agent's options", refusal("mode=off,mode=install"));
    }

    @Test
    void aWordWithoutItsValueIsRefused() {
        assertEquals("\"mode\" in the agent's options is written mode=install|observe|off", refusal("mode"));
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() {
        String name = folder.resolve("missing").resolve("tls.jsonl").toString();
        assertEquals("cannot write to \"" + name + "\", log in the agent's options", refusal("log=" + name));
    }

    @Test
    void aFolderIsNoLog() {
        assertTrue(refusal("log=" + folder).startsWith("cannot write to"));
    }

    @Test
    void aFileIsNotTouchedWhenTheAgentIsOff() throws OptionRefused {
        Path log = folder.resolve("tls.jsonl");
        parse("mode=off,log=" + log);
        assertFalse(Files.exists(log));
    }

    @Test
    void aConfigurationFileThatCannotBeReadIsNamed() {
        String name = folder.resolve("missing.properties").toString();
        assertEquals("cannot read \"" + name + "\", config in the agent's options", refusal("config=" + name));
    }

    @Test
    void aConfigurationFileCannotNameAnother() throws IOException {
        Path config = file("agent.properties", "config=other\n");
        assertEquals("\"config\" has no place in the configuration file " + config, refusal("config=" + config));
    }

    @Test
    void helpIsHelpWhateverElseIsWrong() throws OptionRefused {
        properties.setProperty("almosttls.mode", "wrong");
        assertTrue(parse("help").help());
    }

    @ParameterizedTest
    @EnumSource(AgentOption.class)
    void helpListsEveryWordAndItsChoices(AgentOption option) {
        String choices = option.choices().isEmpty() ? "" : "=" + option.choices();
        assertTrue(AgentOptions.helpText().contains("  " + option.word() + choices + " "), AgentOptions::helpText);
    }

    @ParameterizedTest
    @EnumSource(AgentOption.class)
    void theReadmeHasARowForEveryWord(AgentOption option) throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        assertTrue(readme.contains("\n| `" + option.word() + "` | "), option::word);
    }

    @Test
    void otherSystemPropertiesOfTheSameFamilyAreNotTheAgents() throws OptionRefused {
        properties.setProperty("almosttls.textbook.remote", "true");
        assertEquals(Mode.INSTALL, parse("").mode());
    }
}
