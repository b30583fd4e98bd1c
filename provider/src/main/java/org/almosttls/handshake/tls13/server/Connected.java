package org.almosttls.handshake.tls13.server;

import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls13.ReceivingKeys;
import org.almosttls.message.KeyUpdate;

/** CONNECTED of RFC 8446 §A.2: application data flows; new keys may come (§4.6.3). */
record Connected(ReceivingKeys receiving) implements HandshakeState {

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (in.message() instanceof KeyUpdate update) return receiving.onKeyUpdate(update, in, Connected::new);
        throw unexpected(in);
    }

    /** RFC 8446 §4.6.3: there is no other handshake, but new keys for both directions. */
    @Override
    public Optional<Transition> again() {
        return Optional.of(Transition.to(this).updateWrites(true));
    }

    @Override
    public void close() {
        receiving.close();
    }
}
