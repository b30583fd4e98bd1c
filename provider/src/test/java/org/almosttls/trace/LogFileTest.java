package org.almosttls.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    @TempDir
    private Path folder;

    @Test
    void aNewFileIsItsOwnersOnly() throws IOException {
        var path = folder.resolve("tls.jsonl");
        try (var file = LogFile.open(path)) {
            file.write("one\n".getBytes(UTF_8));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        }
    }

    @Test
    void aFileThatExistsIsAddedToAndKeepsItsPermissions() throws IOException {
        var path = folder.resolve("tls.jsonl");
        Files.writeString(path, "before\n");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
        try (var file = LogFile.open(path)) {
            file.write("after\n".getBytes(UTF_8));
        }
        assertEquals("before\nafter\n", Files.readString(path));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    }

    @Test
    void twoMayShareAFile() throws IOException {
        var path = folder.resolve("tls.jsonl");
        try (var one = LogFile.open(path);
                var other = LogFile.open(path)) {
            one.write("1\n".getBytes(UTF_8));
            other.write("2\n".getBytes(UTF_8));
            one.write("3\n".getBytes(UTF_8));
        }
        assertEquals(List.of("1", "2", "3"), Files.readAllLines(path));
    }

    @Test
    void processAndTimeAreFilledIn() {
        var pid = ProcessHandle.current().pid();
        assertEquals(
                Path.of("tls-" + pid + "-20261121-080509.jsonl"),
                LogFile.named("tls-%p-%t.jsonl", LocalDateTime.of(2026, 11, 21, 8, 5, 9)));
    }

    @Test
    void aFolderIsNoFile() {
        var refused = assertThrows(IOException.class, () -> LogFile.open(folder));
        assertEquals("not a file to write to", refused.getMessage());
    }

    @Test
    void aFolderThatIsNotThereIsNotMade() {
        assertThrows(
                IOException.class, () -> LogFile.open(folder.resolve("absent").resolve("tls.jsonl")));
        assertFalse(Files.exists(folder.resolve("absent")));
    }

    @Test
    void aFileThatWasMovedAwayIsBegunAnew() throws IOException {
        var path = folder.resolve("tls.jsonl");
        try (var file = LogFile.open(path)) {
            file.write("1\n".getBytes(UTF_8));
            Files.move(path, folder.resolve("tls.jsonl.1"));
            file.write("2\n".getBytes(UTF_8));
            file.write("3\n".getBytes(UTF_8));
        }
        assertEquals("1\n", Files.readString(folder.resolve("tls.jsonl.1")));
        assertEquals("2\n3\n", Files.readString(path));
    }

    @Test
    void aFileThatSomebodyElseBeganAnewIsAddedTo() throws IOException {
        var path = folder.resolve("tls.jsonl");
        try (var file = LogFile.open(path)) {
            file.write("1\n".getBytes(UTF_8));
            Files.move(path, folder.resolve("tls.jsonl.1"));
            Files.writeString(path, "0\n");
            file.write("2\n".getBytes(UTF_8));
        }
        assertEquals("0\n2\n", Files.readString(path));
    }

    @Test
    void aFolderThatIsGoneLosesLinesUntilItIsThereAgain() throws IOException {
        var logs = Files.createDirectory(folder.resolve("logs"));
        var path = logs.resolve("tls.jsonl");
        try (var file = LogFile.open(path)) {
            Files.delete(path);
            Files.delete(logs);
            assertThrows(IOException.class, () -> file.write("1\n".getBytes(UTF_8)));
            Files.createDirectory(logs);
            file.write("2\n".getBytes(UTF_8));
        }
        assertEquals("2\n", Files.readString(path));
    }

    @Test
    void whatWasOpenedIsWrittenToAlsoIfNobodyMayOpenItNow() throws IOException {
        var path = folder.resolve("tls.jsonl");
        try (var file = LogFile.open(path)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("---------"));
            file.write("1\n".getBytes(UTF_8));
        }
        assertEquals(2, Files.size(path));
    }

    @Test
    void aFullDiskIsAnException() throws IOException {
        var full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full));
        try (var file = LogFile.open(full)) {
            assertThrows(IOException.class, () -> file.write("1\n".getBytes(UTF_8)));
            assertThrows(IOException.class, () -> file.write("2\n".getBytes(UTF_8)));
        }
    }

    private static List<byte[]> lines(String... words) {
        return Stream.of(words).map(word -> (word + "\n").getBytes(UTF_8)).toList();
    }

    @Test
    void manyAreWrittenAtOnceIfItIsAFile() throws IOException {
        var path = folder.resolve("tls.jsonl");
        try (var file = LogFile.open(path)) {
            assertTrue(file.most() > 2);
            assertEquals(3, file.write(lines("1", "2", "3")));
            file.write("4\n".getBytes(UTF_8));
        }
        assertEquals("1\n2\n3\n4\n", Files.readString(path));
    }

    @Test
    void whatIsNoFileIsGivenOneAtATime() throws IOException {
        var nowhere = Path.of("/dev/null");
        assumeTrue(Files.isWritable(nowhere));
        try (var file = LogFile.open(nowhere)) {
            file.write("1\n".getBytes(UTF_8));
            assertEquals(1, file.most());
        }
    }

    /** A process whose files have an end at 4096 octets, as if the disk were full there. */
    @Test
    void ofLinesThatFindNoRoomNothingIsLeft() throws Exception {
        var path = folder.resolve("tls.jsonl");
        var command = List.of(
                "sh",
                "-c",
                "ulimit -f 8; exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SmallDisk.class.getName(),
                path.toString());
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), said);
        assertEquals("3 written, 1 written, none written, 1 written", said.strip());
        assertEquals(
                List.of(1000, 1000, 1000, 1000, 90),
                Files.readAllLines(path).stream().map(String::length).toList());
    }

    /** Writes lines of 1001 octets, of which there is room for four, and then one for which there is room. */
    static final class SmallDisk {

        public static void main(String[] arguments) throws IOException {
            var thousand = lines("k".repeat(1000)).get(0);
            try (var file = LogFile.open(Path.of(arguments[0]))) {
                System.out.print(file.write(List.of(thousand, thousand, thousand)) + " written");
                System.out.print(", " + file.write(List.of(thousand, thousand, thousand)) + " written");
                System.out.print(", " + attempt(file, thousand) + " written");
                System.out.print(", " + file.write(lines("s".repeat(90))) + " written");
            }
        }

        private static String attempt(LogFile file, byte[] line) {
            try {
                return "" + file.write(List.of(line, line));
            } catch (IOException noRoom) {
                return "none";
            }
        }
    }
}
