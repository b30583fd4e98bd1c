package org.almosttls.config;

import java.util.Set;

/**
 * AlmostTLSv1 with each of its mechanisms, or, in the lab, without one, to see what it was good for. Applications get
 * the whole.
 */
public record Textbook(Set<Mechanism> missing) {

    /** The protocol of docs/almost-tls-v1.md. */
    public static final Textbook WHOLE = new Textbook(Set.of());

    /** What protects the data of an AlmostTLSv1 connection. */
    public enum Mechanism {
        /** Records are encrypted under E_B and E_A. */
        ENCRYPTION,
        /** Records carry an HMAC under M_B and M_A. */
        HMAC,
        /** The HMAC covers a number that counts the records. */
        SEQUENCE_NUMBERS,
        /** What Alice sends is under other keys than what Bob sends. */
        KEYS_PER_DIRECTION
    }

    public Textbook {
        missing = Set.copyOf(missing);
    }

    /** The protocol without this mechanism, as nobody should use it. */
    public static Textbook without(Mechanism mechanism) {
        return new Textbook(Set.of(mechanism));
    }

    public boolean has(Mechanism mechanism) {
        return !missing.contains(mechanism);
    }
}
