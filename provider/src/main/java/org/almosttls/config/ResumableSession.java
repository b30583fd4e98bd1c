package org.almosttls.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.almosttls.crypto.Secret;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ProtocolVersion;

/**
 * RFC 5246 §7.3: a finished session and the master secret that both ends can go on from, or in TLS 1.3 the pre-shared key
 * that goes with its ticket (RFC 8446 §4.6.1). Owns the secret.
 *
 * @param ticket for a client: by which the server knows the session; without one it is known by its id
 */
public record ResumableSession(NegotiatedSession session, Secret master, Optional<Ticket> ticket)
        implements AutoCloseable {

    public ResumableSession(NegotiatedSession session, Secret master) {
        this(session, master, Optional.empty());
    }

    /** The same with a secret of its own. */
    public ResumableSession copy() {
        return new ResumableSession(session, master.slice(0, master.length()), ticket);
    }

    /** RFC 8446 §C.4: a client shows a ticket of TLS 1.3 once, or who listens could tell that it is the same client. */
    public boolean isForOneUse() {
        return ticket.flatMap(Ticket::age).isPresent();
    }

    /** The session where nothing is left to go on with it by. */
    public ResumableSession spent() {
        return new ResumableSession(session, Secret.owning(new byte[0]));
    }

    /**
     * Whether a connection can go on with it: RFC 5246 §7.4.1.2 wants the same version and suite, RFC 6066 §3 the same
     * host name, in which case does not count.
     */
    public boolean fits(List<ProtocolVersion> versions, List<CipherSuite> suites, List<String> serverNames) {
        return versions.contains(session.version()) && suites.contains(session.cipherSuite()) && isFor(serverNames);
    }

    /** Whether it began with whom these names are of, in which case does not count. */
    public boolean isFor(List<String> serverNames) {
        return lowerCase(session.serverNames()).equals(lowerCase(serverNames));
    }

    private static List<String> lowerCase(List<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    @Override
    public void close() {
        master.close();
    }
}
