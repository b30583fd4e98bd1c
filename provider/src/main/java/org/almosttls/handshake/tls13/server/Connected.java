package org.almosttls.handshake.tls13.server;

import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.TlsConfig;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.PeerProof;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls13.ReceivingKeys;
import org.almosttls.message.KeyUpdate;

/**
 * CONNECTED of RFC 8446 §A.2: application data flows; new keys may come (§4.6.3), and what the client was asked for
 * (§4.6.2).
 *
 * @param late nothing if the client cannot be asked
 */
record Connected(ReceivingKeys receiving, Optional<Asking> late) implements HandshakeState {

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (in.message() instanceof KeyUpdate update)
            return receiving.onKeyUpdate(update, in, next -> new Connected(next, late));
        var due = late.flatMap(Asking::due);
        if (due.isPresent()) return onAnswer(due.get(), in);
        throw unexpected(in);
    }

    /** RFC 8446 §4.6.2: all messages of an answer come one behind the other. */
    private Transition onAnswer(Asking.Request request, Received in) throws TlsAlertException {
        var exchange = LateExchange.begin(receiving, late.orElseThrow(), request);
        return new WaitCertificate(exchange).take(in).awaitProof();
    }

    @Override
    public PeerProof peerProof() {
        if (late.isEmpty()) return PeerProof.NOT_POSSIBLE;
        return late.get().due().isPresent() ? PeerProof.DUE : PeerProof.POSSIBLE;
    }

    @Override
    public Transition ask(TlsConfig wanted) throws TlsAlertException {
        var asked = late.orElseThrow().ask(wanted);
        return Transition.to(new Connected(receiving, Optional.of(asked.now()))).send(asked.message());
    }

    /**
     * RFC 8446 §4.6.3: there is no other handshake, but new keys for both directions. A server that by now would like to
     * see a certificate, and has seen none, asks for that: before TLS 1.3 it was what another handshake was done for.
     */
    @Override
    public Optional<Transition> again() throws TlsAlertException {
        return Optional.of(
                switch (isMissing() ? peerProof() : PeerProof.NOT_POSSIBLE) {
                    case NOT_POSSIBLE -> Transition.to(this).updateWrites(true);
                    case POSSIBLE -> ask(wanted()).reopen();
                    case DUE -> Transition.to(this).reopen();
                });
    }

    private TlsConfig wanted() throws TlsAlertException {
        return late.orElseThrow().handshake().agreement().next().late();
    }

    private boolean isMissing() {
        return late.filter(it -> it.session().peerChain().isEmpty())
                .filter(it -> it.handshake().agreement().next().asks() != ClientAuthentication.NONE)
                .isPresent();
    }

    @Override
    public void close() {
        receiving.close();
        late.ifPresent(Asking::close);
    }
}
