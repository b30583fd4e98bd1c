package org.almosttls.ticket;

import java.security.MessageDigest;
import org.almosttls.crypto.Randomness;
import org.almosttls.crypto.Secret;

/**
 * RFC 5077 §4: the keys under which tickets are made, and the name by which a ticket says so. Owns its secrets.
 *
 * @param name 16 octets, which everybody may know
 * @param mac for HMAC-SHA-256
 * @param cipher for AES-CBC, of 16 or 32 octets
 */
public record TicketKey(byte[] name, Secret mac, Secret cipher) implements AutoCloseable {

    static final int NAME_LENGTH = 16;

    private static final int SECRET_LENGTH = 32;

    static TicketKey fresh(Randomness randomness) {
        return new TicketKey(
                randomness.bytes(NAME_LENGTH),
                Secret.owning(randomness.bytes(SECRET_LENGTH)),
                Secret.owning(randomness.bytes(SECRET_LENGTH)));
    }

    /** The same with secrets of its own. */
    public TicketKey copy() {
        return new TicketKey(name, mac.slice(0, mac.length()), cipher.slice(0, cipher.length()));
    }

    public boolean isNamed(byte[] other) {
        return MessageDigest.isEqual(name, other);
    }

    @Override
    public void close() {
        mac.close();
        cipher.close();
    }
}
