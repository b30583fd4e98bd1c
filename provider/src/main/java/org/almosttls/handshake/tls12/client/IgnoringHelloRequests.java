package org.almosttls.handshake.tls12.client;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.handshake.Action;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.message.HelloRequest;

/**
 * RFC 5246 §7.4.1.1: while a handshake runs, a client ignores HelloRequest; a few of them, for patience is bounded. Around
 * {@code inner} and all states after it, until the handshake is established.
 */
public record IgnoringHelloRequests(HandshakeState inner, int ignored) implements HandshakeState {

    /** So many are ignored in one handshake. */
    public static final int MOST = 8;

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (!(in.message() instanceof HelloRequest)) return around(inner.receive(in));
        Violation.TOO_MANY_HELLO_REQUESTS.when(ignored == MOST);
        return Transition.to(new IgnoringHelloRequests(inner, ignored + 1));
    }

    @Override
    public Transition resume(Completion completion) throws TlsAlertException {
        return around(inner.resume(completion));
    }

    @Override
    public void close() {
        inner.close();
    }

    private Transition around(Transition transition) {
        boolean established = transition.actions().stream().anyMatch(Action.Establish.class::isInstance);
        return established ? transition : transition.wrapping(next -> new IgnoringHelloRequests(next, ignored));
    }
}
