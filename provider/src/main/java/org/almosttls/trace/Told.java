package org.almosttls.trace;

import java.util.Optional;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.event.TlsEvent.HeartbeatTransferred;
import org.almosttls.event.TlsEvent.HeartbeatsAgreed;
import org.almosttls.message.CertificateRequest;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.registry.Role;
import org.almosttls.trace.SessionLine.Heartbeats;

/** What was said in the handshakes of one connection: in the first, in the last that is finished, and in one that runs. */
final class Told {

    private final Said first = new Said();
    private Said latest = first;
    private Optional<Said> running = Optional.of(first);
    private Optional<NegotiatedSession> session = Optional.empty();
    private Optional<Heartbeats> heartbeats = Optional.empty();
    private int finished;
    private boolean refused;

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
        if (running.isEmpty()) running = Optional.of(new Said());
        running.get().take(by, message, bytes);
    }

    void finish(NegotiatedSession agreed) {
        session = Optional.of(agreed);
        latest = running.orElse(latest);
        latest.forgetProofs();
        running = Optional.empty();
        finished++;
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
        return Math.max(0, finished - 1);
    }

    /** Whose message came last and which it was. */
    Optional<String> last() {
        return running.flatMap(Said::last).or(latest::last);
    }

    /** The last, whether or not anything came of it. */
    Optional<CertificateRequest> lastCertificateRequest() {
        return running.flatMap(Said::certificateRequest).or(latest::certificateRequest);
    }
}
