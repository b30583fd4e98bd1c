package org.almosttls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.almosttls.config.Clock;
import org.almosttls.store.FileStamp;
import org.almosttls.ticket.KeyList;
import org.almosttls.ticket.TicketKey;
import org.almosttls.ticket.TicketKeys;

/**
 * The keys of session tickets that a fleet shares, in a file. It is looked at when a key is needed, though not twice in a
 * second, and read again when it has changed; what then cannot be read leaves the keys as they were.
 */
final class TicketKeyFile implements TicketKeys {

    private static final long PATIENCE_NANOS = 1_000_000_000L;
    private static final int MOST_OCTETS = 0x4000;

    private final Supplier<Optional<String>> name;
    private final Clock clock;
    private final Consumer<String> say;
    private Optional<KeyList> keys = Optional.empty();
    private Optional<Look> last = Optional.empty();

    /** When the file was looked at, and what would tell if it had changed. */
    private record Look(long nanoTime, String stamp) {}

    /**
     * @param name of the file, if there is to be one; asked for when a key is needed
     * @param say told in one line what is wrong with the file
     */
    TicketKeyFile(Supplier<Optional<String>> name, Clock clock, Consumer<String> say) {
        this.name = name;
        this.clock = clock;
        this.say = say;
    }

    @Override
    public synchronized Optional<TicketKey> sealing() {
        look();
        return keys.map(KeyList::sealingKey).map(TicketKey::copy);
    }

    @Override
    public synchronized Optional<TicketKey> named(byte[] wanted) {
        look();
        return keys.flatMap(list -> list.named(wanted)).map(TicketKey::copy);
    }

    private void look() {
        long now = clock.nanoTime();
        if (last.filter(look -> now - look.nanoTime < PATIENCE_NANOS).isPresent()) return;
        var file = name.get();
        var stamp = file.map(FileStamp::of).orElse("");
        boolean changed = last.filter(look -> look.stamp.equals(stamp)).isEmpty();
        last = Optional.of(new Look(now, stamp));
        if (changed && file.isPresent()) read(file.get());
    }

    private void read(String file) {
        try {
            var fresh = parse(Path.of(file));
            keys.ifPresent(KeyList::close);
            keys = Optional.of(fresh);
            if (isOpenToOthers(Path.of(file)))
                say.accept("tickets=" + file + ": others can read it, and with it what was"
                        + " said in every session of the fleet; chmod 600 it and change the keys");
        } catch (NoSuchFileException absent) {
            refuse(file, "there is no such file");
        } catch (IOException | IllegalArgumentException | SecurityException unreadable) {
            refuse(file, unreadable.getMessage());
        }
    }

    private void refuse(String file, String why) {
        var instead =
                keys.isPresent() ? "the keys that were read before stay in use" : "this server makes keys of its own";
        say.accept("tickets=" + file + ": cannot be used: " + why + "; " + instead);
    }

    private static KeyList parse(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) throw new IOException("it is no regular file");
        byte[] octets;
        try (var in = Files.newInputStream(file)) {
            octets = in.readNBytes(MOST_OCTETS + 1);
        }
        try {
            if (octets.length > MOST_OCTETS) throw new IOException("it is larger than " + MOST_OCTETS + " octets");
            return KeyList.parse(octets);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    private static boolean isOpenToOthers(Path file) throws IOException {
        try {
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
        } catch (UnsupportedOperationException otherSystem) {
            return false;
        }
    }
}
