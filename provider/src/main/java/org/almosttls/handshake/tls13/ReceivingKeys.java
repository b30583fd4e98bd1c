package org.almosttls.handshake.tls13;

import java.util.function.Function;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.keyschedule.TrafficSecret;
import org.almosttls.message.Finished;
import org.almosttls.message.KeyUpdate;

/** RFC 8446 §7.2: what the peer protects its data with, until it updates that. Owns the secret. */
public record ReceivingKeys(Agreement agreement, TrafficSecret secret) implements AutoCloseable {

    /** RFC 8446 §4.6.3: the peer has turned to its next keys, and may want this end to do the same. */
    public Transition onKeyUpdate(KeyUpdate update, Received in, Function<ReceivingKeys, HandshakeState> connected)
            throws TlsAlertException {
        var proof = in.aligned();
        var next = new ReceivingKeys(agreement, secret.next());
        secret.close();
        var transition = Transition.to(connected.apply(next)).updateReads(agreement.opening(next.secret), proof);
        return update.updateRequested() ? transition.updateWrites(false) : transition;
    }

    /** RFC 8446 §4.4: Finished after the handshake is made with the keys that data comes under just then. */
    public void requireCorrect(Finished finished, Seen seen) throws TlsAlertException {
        try (var key = secret.finishedKey()) {
            Violation.WRONG_FINISHED.unless(key.verifies(seen.hash(), finished.verifyData()));
        }
    }

    @Override
    public void close() {
        secret.close();
    }
}
