package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.almosttls.event.TlsEvent.Ending;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogWordsTest {

    @TempDir
    private Path folder;

    private static Properties properties(String name, String value) {
        var properties = new Properties();
        properties.setProperty(name, value);
        return properties;
    }

    @Test
    void thePropertyWinsOverTheEnvironment() {
        var given = LogWords.given("log", properties("almosttls.log", "stdout"), Map.of("ALMOSTTLS_LOG", "stderr"));
        assertEquals(Optional.of("stdout"), given);
    }

    @Test
    void theEnvironmentIsAskedNext() {
        var given = LogWords.given("format", new Properties(), Map.of("ALMOSTTLS_FORMAT", " json "));
        assertEquals(Optional.of("json"), given);
    }

    @Test
    void nothingIsGivenByDefault() {
        assertEquals(Optional.empty(), LogWords.given("log", new Properties(), Map.of()));
    }

    private String firstLineIn(String format) throws IOException {
        var path = folder.resolve("tls.log");
        try (var log = SessionLog.open(path.toString(), Optional.of(format).filter(word -> !word.isEmpty()))) {
            InventedSession.client(log).established().closes(Ending.CLOSE_NOTIFY);
        }
        return Files.readAllLines(path).get(0);
    }

    @ParameterizedTest
    @CsvSource({"json,'{'", "text,AlmostTLS", "'','{'"})
    void theFormatIsAsGivenAndJsonInAFile(String format, String beginning) throws IOException {
        assertTrue(firstLineIn(format).startsWith(beginning));
    }

    @Test
    void aFormatThatIsNotKnownIsNamed() {
        var refused =
                assertThrows(IllegalArgumentException.class, () -> SessionLog.open("stderr", Optional.of("x\nml")));
        assertEquals("format=x\\u000aml: it is text or json", refused.getMessage());
    }

    @Test
    void aDetailThatIsNotKnownIsNamed() {
        var refused = assertThrows(IllegalArgumentException.class, () -> Detail.of("all\n"));
        assertEquals("detail=all\\u000a: it is session or handshake or record", refused.getMessage());
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() {
        var path = folder.resolve("absent").resolve("tls.jsonl");
        var refused =
                assertThrows(IllegalArgumentException.class, () -> SessionLog.open(path.toString(), Optional.empty()));
        assertEquals("log=" + path + ": cannot be written: its folder does not exist", refused.getMessage());
    }

    @Test
    void aFolderIsNamed() {
        var refused = assertThrows(
                IllegalArgumentException.class, () -> SessionLog.open(folder.toString(), Optional.empty()));
        assertEquals("log=" + folder + ": cannot be written: not a file to write to", refused.getMessage());
    }

    @Test
    void anEmptyWordIsNoFile() {
        var refused = assertThrows(IllegalArgumentException.class, () -> SessionLog.open("", Optional.empty()));
        assertEquals("log=: it is stderr, stdout or a file", refused.getMessage());
    }
}
