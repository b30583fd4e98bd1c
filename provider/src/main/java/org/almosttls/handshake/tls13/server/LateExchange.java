package org.almosttls.handshake.tls13.server;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.handshake.PeerProof;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls13.ReceivingKeys;
import org.almosttls.handshake.tls13.Seen;
import org.almosttls.message.Finished;

/**
 * RFC 8446 §4.6.2: a client that was asked after the handshake and has begun to answer. Owns what its keys come from.
 *
 * @param seen RFC 8446 §4.4.1: the handshake, the request and the answer so far
 */
record LateExchange(
        ReceivingKeys receiving, Asking asking, byte[] requestContext, Seen seen, List<X509Certificate> peerChain)
        implements Inquiry {

    static LateExchange begin(ReceivingKeys receiving, Asking asking, Asking.Request request) {
        return new LateExchange(receiving, asking, request.context(), request.seen(), List.of());
    }

    @Override
    public LateExchange plus(byte[] message) {
        return new LateExchange(receiving, asking, requestContext, seen.plus(message), peerChain);
    }

    @Override
    public LateExchange withPeer(List<X509Certificate> chain) {
        return new LateExchange(receiving, asking, requestContext, seen, chain);
    }

    @Override
    public PeerProof peerProof() {
        return PeerProof.DUE;
    }

    @Override
    public Transition onFinished(Finished finished, Received in) throws TlsAlertException {
        receiving.requireCorrect(finished, seen);
        return peerChain.isEmpty() ? declined() : proven();
    }

    private Transition declined() {
        var next = asking.declined();
        return Transition.to(new Connected(receiving, Optional.of(next))).identify(next.session());
    }

    /** RFC 8446 §4.6.1: new tickets, which stand for whom the client has proved to be. */
    private Transition proven() {
        var session = seen.agreement().renewed(asking.session()).withPeerChain(peerChain);
        var transition = Transition.to(new Connected(receiving, Optional.of(asking.answered(session))));
        asking.tickets().ifPresent(all -> all.sentBy(transition, session));
        return transition.identify(session);
    }

    @Override
    public void close() {
        receiving.close();
        asking.close();
    }
}
