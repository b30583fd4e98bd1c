package org.almosttls.handshake.tls13;

import java.util.Optional;
import org.almosttls.config.NegotiatedSession;

/**
 * RFC 8446 §2.2: by what the ends know each other where no certificate is shown: a session that goes on, or a key that
 * both have by other means.
 *
 * @param externalIdentity names that key
 */
public record Acquaintance(Optional<NegotiatedSession> session, Optional<byte[]> externalIdentity) {

    /** They are strangers, and show certificates. */
    public static final Acquaintance NONE = new Acquaintance(Optional.empty(), Optional.empty());

    public static Acquaintance from(NegotiatedSession session) {
        return new Acquaintance(Optional.of(session), Optional.empty());
    }

    public static Acquaintance byKey(byte[] identity) {
        return new Acquaintance(Optional.empty(), Optional.of(identity));
    }

    public boolean isNone() {
        return session.isEmpty() && externalIdentity.isEmpty();
    }
}
