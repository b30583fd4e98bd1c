package org.almosttls.handshake.tls12.client;

import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls12.Agreement;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.ServerHelloDone;
import org.almosttls.registry.Role;

/** The server has said all but that it is done (RFC 5246 §7.4.5); then it is the client's turn. */
record WaitServerHelloDone(
        Agreement agreement, ServerKey serverKey, Optional<WantedCertificate> wanted, Transcript transcript)
        implements HandshakeState {

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (!(in.message() instanceof ServerHelloDone)) throw unexpected(in);
        var maker = new ClientFlight.Maker(agreement, serverKey, wanted);
        var seen = transcript.plus(in.bytes());
        return Transition.to(this).delegate(() -> maker.make(seen));
    }

    @Override
    public Transition resume(Completion completion) {
        var made = (ClientFlight) completion;
        var secured = made.secured();
        var own = secured.finished(Role.CLIENT);
        var finished = EncodedMessage.of(own);
        var next = secured.plus(finished.bytes());
        WaitNewSessionTicket.After after = (keys, ticket) -> new WaitFinished(keys, own, ticket);
        var transition = Transition.to(WaitNewSessionTicket.orNone(next, after)).report(secured.secretDerived());
        return secured.turning(made.flight().sentBy(transition), Role.CLIENT, finished);
    }
}
