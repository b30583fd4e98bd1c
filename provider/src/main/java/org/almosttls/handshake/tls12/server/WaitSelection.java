package org.almosttls.handshake.tls12.server;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.TlsConfig;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls12.Agreement;
import org.almosttls.handshake.tls12.PointFormats;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.message.EncodedMessage;
import org.almosttls.registry.Role;

/** The version is agreed; all else is being chosen and signed (RFC 5246 §7.4.1.3), and nothing may come meanwhile. */
public record WaitSelection() implements HandshakeState {

    /** From here on the handshake is that of the version. */
    public static Transition begin(TlsConfig config, ClientOffer offer, byte[] helloBytes) throws TlsAlertException {
        offer.past().requireOf(offer.hello());
        PointFormats.requireUncompressed(offer.hello().extensions());
        var maker = new ServerFlightMaker(config, offer, Transcript.EMPTY.plus(helloBytes));
        return Transition.to(new WaitSelection()).delegate(maker::make);
    }

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        throw unexpected(in);
    }

    @Override
    public Transition resume(Completion completion) {
        return completion instanceof ResumedFlight resumed ? resumed(resumed) : full((ServerFlight) completion);
    }

    private static Transition full(ServerFlight made) {
        var exchange = made.exchange();
        var agreement = exchange.agreement();
        boolean asks = agreement.config().clientAuthentication() != ClientAuthentication.NONE;
        var next = asks ? new WaitCertificate(exchange) : new WaitClientKeyExchange(exchange);
        return made.flight().sentBy(agreed(agreement, next));
    }

    /** RFC 5246 §7.3, figure 2: in an abbreviated handshake the server is the first to turn to the keys. */
    private static Transition resumed(ResumedFlight made) {
        var secured = made.secured();
        var agreement = secured.agreement();
        var own = secured.finished(Role.SERVER);
        var finished = EncodedMessage.of(own);
        var next = secured.plus(finished.bytes());
        var transition = agreed(agreement, new WaitChangeCipherSpec(next, new WaitResumedFinished(next, own)))
                .report(secured.secretDerived());
        return secured.turning(made.flight().sentBy(transition), Role.SERVER, finished);
    }

    private static Transition agreed(Agreement agreement, HandshakeState next) {
        var transition =
                agreement.past().agreed(Transition.to(next), agreement.rules().version(), agreement.limits());
        return agreement.heartbeats().begin(transition).decode(agreement.rules().decoder(agreement.suite()));
    }
}
