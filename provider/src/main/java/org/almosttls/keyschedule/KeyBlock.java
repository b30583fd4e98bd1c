package org.almosttls.keyschedule;

import org.almosttls.crypto.RecordKeys;
import org.almosttls.crypto.Secret;
import org.almosttls.registry.BulkCipher.Mode;
import org.almosttls.registry.Role;
import org.almosttls.registry.Tls12Suite;

/** RFC 5246 §6.3: the keys of both directions, cut from one block. */
public record KeyBlock(RecordKeys client, RecordKeys server) implements AutoCloseable {

    /** Cuts the block, which is erased. */
    static KeyBlock of(Tls12Suite suite, Secret block) {
        try (block) {
            int mac = macLength(suite);
            int key = suite.cipher().keyLength();
            int iv = ivLength(suite);
            int keys = 2 * mac;
            int ivs = keys + 2 * key;
            return new KeyBlock(
                    new RecordKeys(block.slice(0, mac), block.slice(keys, keys + key), block.slice(ivs, ivs + iv)),
                    new RecordKeys(
                            block.slice(mac, keys), block.slice(keys + key, ivs), block.slice(ivs + iv, ivs + 2 * iv)));
        }
    }

    static int lengthFor(Tls12Suite suite) {
        return 2 * (macLength(suite) + suite.cipher().keyLength() + ivLength(suite));
    }

    /** What {@code role} protects its records with. */
    public RecordKeys writtenBy(Role role) {
        return role == Role.CLIENT ? client : server;
    }

    private static int macLength(Tls12Suite suite) {
        return suite.cipher().mode() == Mode.AEAD ? 0 : suite.mac().length();
    }

    /** RFC 5246 §6.3: only implicit nonces are derived; the IV of CBC is in each record. */
    private static int ivLength(Tls12Suite suite) {
        return suite.cipher().mode() == Mode.AEAD ? suite.cipher().fixedIvLength() : 0;
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
