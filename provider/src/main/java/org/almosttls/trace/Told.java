package org.almosttls.trace;

import java.util.List;
import java.util.Optional;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.event.TlsEvent.HeartbeatTransferred;
import org.almosttls.event.TlsEvent.HeartbeatsAgreed;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.KeyUpdate;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Role;
import org.almosttls.trace.SessionLine.Heartbeats;

/** What was said in the handshakes of one connection: in the first, in the last that is finished, and in one that runs. */
final class Told {

    private final Said first = new Said();
    private Said latest = first;
    private Optional<Said> running = Optional.of(first);
    private Optional<NegotiatedSession> session = Optional.empty();
    private Optional<Heartbeats> heartbeats = Optional.empty();
    private Counts counts = new Counts(0, 0);
    private boolean refused;

    /** How many handshakes are finished, and how many KeyUpdates were said. */
    private record Counts(int handshakes, long keyUpdates) {}

    /** This end has said no_renegotiation. */
    void refuseRenegotiation() {
        refused = true;
    }

    boolean hasRefusedRenegotiation() {
        return refused;
    }

    void agree(HeartbeatsAgreed agreed) {
        heartbeats = Optional.of(heartbeats.orElse(Heartbeats.NONE).agreed(agreed.mayAsk()));
    }

    void take(HeartbeatTransferred message) {
        heartbeats = heartbeats.map(each -> each.plus(message));
    }

    /** What was said by heartbeats, if they were ever agreed on. */
    Optional<Heartbeats> heartbeats() {
        return heartbeats;
    }

    void take(Role by, HandshakeMessage message, byte[] bytes) {
        if (message instanceof KeyUpdate) counts = new Counts(counts.handshakes, counts.keyUpdates + 1);
        if (isEstablished() && isAfterHandshakes(message.type())) return;
        if (running.isEmpty() && !isLast()) running = Optional.of(new Said());
        current().take(by, message, bytes);
    }

    /** RFC 8446 §4.6: no handshake follows it; who the client is may be said later, and belongs to it. */
    private boolean isLast() {
        return session.filter(known -> known.version().equals(ProtocolVersion.TLS_1_3))
                .isPresent();
    }

    /** RFC 8446 §4.6: they belong to no handshake. */
    private static boolean isAfterHandshakes(HandshakeType type) {
        return type == HandshakeType.KEY_UPDATE || type == HandshakeType.NEW_SESSION_TICKET;
    }

    void finish(NegotiatedSession agreed) {
        session = Optional.of(agreed);
        latest = running.orElse(latest);
        latest.forgetProofs();
        running = Optional.empty();
        counts = new Counts(counts.handshakes + 1, counts.keyUpdates);
    }

    /** The client has said who it is, or that it does not. */
    void identify(NegotiatedSession known) {
        session = Optional.of(known);
        latest.forgetProofs();
    }

    /** What others see of the connection begins with it. */
    Said first() {
        return first;
    }

    /** In the handshake that the connection goes by. */
    Said latest() {
        return latest;
    }

    /** In the handshake that runs, or in the last one. */
    Said current() {
        return running.orElse(latest);
    }

    /** What the last finished handshake came to. */
    Optional<NegotiatedSession> session() {
        return session;
    }

    boolean isEstablished() {
        return session.isPresent();
    }

    /** How many handshakes were finished after the first. */
    int renegotiations() {
        return Math.max(0, counts.handshakes - 1);
    }

    /** RFC 8446 §4.6.3: how often either end has turned to new keys. */
    long keyUpdates() {
        return counts.keyUpdates;
    }

    /** Whose message came last and which it was. */
    Optional<String> last() {
        return running.flatMap(Said::last).or(latest::last);
    }

    /** When the client was last asked for a certificate, whether or not anything came of it. */
    List<byte[]> lastRequestedAuthorities() {
        return running.flatMap(Said::requestedAuthorities)
                .or(latest::requestedAuthorities)
                .orElse(List.of());
    }
}
