package org.almosttls.handshake.tls13.client;

import java.time.Instant;
import java.util.List;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.Ticket;
import org.almosttls.config.TlsConfig;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Tls13Suite;

/** RFC 8446 §4.6.1: whether a client may offer to go on with a session, by the ticket it has. */
public final class OfferedSession {

    private OfferedSession() {}

    /** RFC 8446 §4.6.1: by a suite with the same hash, with whom the session began, and while the ticket lives. */
    public static boolean fits(
            ResumableSession known, ProtocolVersion version, List<CipherSuite> suites, TlsConfig config) {
        return known.isForOneUse()
                && known.session().version().equals(version)
                && OfferedKeys.hashesOf(suites).contains(hashOf(known))
                && isAlive(known, config.clock().now());
    }

    /** RFC 8446 §4.2.11.1: clients must not use tickets that are older than their lifetime. */
    private static boolean isAlive(ResumableSession known, Instant now) {
        return known.ticket().flatMap(Ticket::until).filter(now::isBefore).isPresent();
    }

    static HashAlgorithm hashOf(ResumableSession known) {
        return Tls13Suite.of(known.session().cipherSuite())
                .map(Tls13Suite::hash)
                .orElseThrow();
    }
}
