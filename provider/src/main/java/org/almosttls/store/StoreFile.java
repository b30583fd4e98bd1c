package org.almosttls.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Optional;

/** A file with a key store in it, and what opens it. */
public final class StoreFile {

    private static final int MOST_OCTETS = 1 << 26;

    private final String name;
    private final Kind kind;
    private final Optional<char[]> password;

    /** Makes an empty store of the right type. */
    @FunctionalInterface
    public interface Kind {

        KeyStore make() throws GeneralSecurityException;

        /** @param provider empty for the first that has the type */
        static Kind of(String type, String provider) {
            return () -> provider.isEmpty() ? KeyStore.getInstance(type) : KeyStore.getInstance(type, provider);
        }

        static Kind like(KeyStore store) {
            return () -> KeyStore.getInstance(store.getType(), store.getProvider());
        }
    }

    public StoreFile(String name, Kind kind, Optional<char[]> password) {
        this.name = name;
        this.kind = kind;
        this.password = password.map(char[]::clone);
    }

    public String name() {
        return name;
    }

    /** What is different if the file is. */
    public String stamp() {
        return FileStamp.of(name);
    }

    public KeyStore load() throws GeneralSecurityException, IOException {
        var store = kind.make();
        byte[] octets = octets(Path.of(name));
        try {
            store.load(new ByteArrayInputStream(octets), password.orElse(null));
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
        return store;
    }

    private static byte[] octets(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) throw new IOException("it is no regular file");
        try (var in = Files.newInputStream(file)) {
            byte[] octets = in.readNBytes(MOST_OCTETS + 1);
            if (octets.length > MOST_OCTETS) throw new IOException("it is larger than " + MOST_OCTETS + " octets");
            return octets;
        } catch (NoSuchFileException absent) {
            throw new IOException("there is no such file", absent);
        }
    }
}
