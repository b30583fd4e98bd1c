package org.almosttls.handshake.tls13;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.message.ChangeCipherSpec;

/** What is true at one point of a TLS 1.3 handshake that is not over yet. */
public interface DuringHandshake extends HandshakeState {

    /** As {@link #receive}, for all that is not dropped. */
    Transition take(Received in) throws TlsAlertException;

    /** RFC 8446 §5, §D.4: ChangeCipherSpec means nothing, is there for middleboxes, and is dropped. */
    @Override
    default Transition receive(Received in) throws TlsAlertException {
        return in.message() instanceof ChangeCipherSpec ? Transition.to(this) : take(in);
    }
}
