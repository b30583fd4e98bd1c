package org.almosttls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.MovableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of keys that a fleet shares: when it is read, and what is said if it cannot be. */
class TicketKeyFileTest {

    @TempDir
    private Path folder;

    private final MovableClock clock = new MovableClock();
    private final List<String> said = new ArrayList<>();

    private Path file() {
        return folder.resolve("tickets.key");
    }

    private TicketKeyFile keys() {
        return new TicketKeyFile(() -> Optional.of(file().toString()), clock, said::add);
    }

    private byte[] write(int seed) throws IOException {
        byte[] octets = new FixedRandomness(seed).bytes(80);
        Files.write(file(), octets);
        if (Files.getFileStore(file()).supportsFileAttributeView("posix"))
            Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
        // Whatever the resolution of the file system's clock is.
        Files.setLastModifiedTime(file(), FileTime.fromMillis(1_000_000L * seed));
        return Arrays.copyOf(octets, 16);
    }

    private static byte[] name(TicketKeyFile keys) {
        return keys.sealing().orElseThrow().name();
    }

    @Test
    void itsKeyMakesTickets() throws Exception {
        byte[] name = write(1);
        assertArrayEquals(name, name(keys()));
        assertTrue(keys().named(name).isPresent());
        assertEquals(List.of(), said);
    }

    @Test
    void itIsReadAgainWhenItHasChangedThoughNotTwiceInASecond() throws Exception {
        byte[] first = write(1);
        var keys = keys();
        assertArrayEquals(first, name(keys));
        byte[] second = write(2);
        clock.pass(Duration.ofMillis(999));
        assertArrayEquals(first, name(keys));
        clock.pass(Duration.ofMillis(1));
        assertArrayEquals(second, name(keys));
        assertFalse(keys.named(first).isPresent());
    }

    @Test
    void noFileIsSaidOnceAndLookedForAgain() throws Exception {
        var keys = keys();
        assertEquals(Optional.empty(), keys.sealing().map(key -> key.name()));
        clock.pass(Duration.ofSeconds(5));
        assertEquals(Optional.empty(), keys.sealing().map(key -> key.name()));
        assertEquals(
                List.of("tickets=" + file()
                        + ": cannot be used: there is no such file; this server makes keys of its own"),
                said);
        byte[] name = write(1);
        clock.pass(Duration.ofSeconds(1));
        assertArrayEquals(name, name(keys));
    }

    @Test
    void aMalformedFileIsSaidInALineThatNamesIt() throws Exception {
        Files.writeString(file(), "c2VjcmV0\n");
        assertFalse(keys().sealing().isPresent());
        assertEquals(1, said.size());
        assertTrue(
                said.get(0).startsWith("tickets=" + file() + ": cannot be used: line 1 is not the base64"),
                said.get(0));
    }

    @Test
    void aFileThatIsTooLargeOrAFolderIsRefused() throws Exception {
        Files.write(file(), new byte[80 * 1000]);
        assertFalse(keys().sealing().isPresent());
        Files.delete(file());
        Files.createDirectory(file());
        assertFalse(keys().sealing().isPresent());
        assertTrue(said.get(0).contains("larger than"), said.get(0));
        assertTrue(said.get(1).contains("no regular file"), said.get(1));
    }

    /** A fleet in the middle of a change must not forget its sessions. */
    @Test
    void whatCannotBeReadLeavesTheKeysAsTheyWere() throws Exception {
        byte[] first = write(1);
        var keys = keys();
        assertArrayEquals(first, name(keys));
        Files.write(file(), new byte[3]);
        clock.pass(Duration.ofSeconds(1));
        assertArrayEquals(first, name(keys));
        assertTrue(said.get(0).endsWith("the keys that were read before stay in use"), said.get(0));
    }

    @Test
    void aFileThatOthersCanReadIsWarnedOf() throws Exception {
        write(1);
        assumeTrue(Files.getFileStore(file()).supportsFileAttributeView("posix"));
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw----r--"));
        assertTrue(keys().sealing().isPresent());
        assertEquals(1, said.size());
        assertTrue(said.get(0).contains("others can read it"), said.get(0));
    }

    @Test
    void nobodyHasToHaveOne() {
        var none = new TicketKeyFile(Optional::empty, clock, said::add);
        assertFalse(none.sealing().isPresent());
        assertFalse(none.named(new byte[16]).isPresent());
        assertEquals(List.of(), said);
    }
}
