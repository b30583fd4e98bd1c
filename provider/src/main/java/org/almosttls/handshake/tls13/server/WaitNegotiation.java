package org.almosttls.handshake.tls13.server;

import java.util.Optional;
import org.almosttls.alert.AlertProtocol;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.NextHandshake;
import org.almosttls.config.TlsConfig;
import org.almosttls.extension.EarlyData;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.message.ClientHello;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.record.Aligned;
import org.almosttls.record.CompatibleProtection;
import org.almosttls.record.RecordProtection;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Role;

/** NEGOTIATED of RFC 8446 §A.2: all is being chosen and signed, and nothing may come meanwhile. */
public record WaitNegotiation(ClientOffer offer, Aligned proof) implements HandshakeState {

    /** RFC 8446 §5.1: legacy_record_version. */
    private static final int RECORD_VERSION = 0x0303;

    /** From here on the handshake is that of {@code version}. */
    public static Transition begin(
            TlsConfig config, NextHandshake next, ProtocolVersion version, ClientHello hello, Received in)
            throws TlsAlertException {
        var transcript = Transcript.EMPTY.plus(in.bytes());
        return begin(new ClientOffer(config, version, hello, transcript, Optional.empty(), next), in)
                .decode(HandshakeDecoder.TLS_1_3)
                .useAlerts(AlertProtocol.TLS_1_3);
    }

    static Transition begin(ClientOffer offer, Received in) throws TlsAlertException {
        offer.requireSound();
        // RFC 8446 §5.1: keys may change right behind it.
        var proof = in.aligned();
        return Transition.to(new WaitNegotiation(offer, proof)).delegate(new ServerFlightMaker(offer)::make);
    }

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        throw unexpected(in);
    }

    @Override
    public Transition resume(Completion completion) {
        return completion instanceof RetryRequest retry ? ask(retry) : answer((ServerFlight) completion);
    }

    private Transition ask(RetryRequest retry) {
        var config = offer.config();
        var selection = retry.selection();
        var seen = offer.transcript()
                .hashed(config.crypto(), selection.suite().hash())
                .plus(retry.message().bytes());
        var next =
                new WaitSecondClientHello(offer, seen, new ClientOffer.Retried(selection.suite(), selection.group()));
        var transition = Transition.to(next).fixSentVersion(RECORD_VERSION);
        if (offer.has(EarlyData.class)) transition.skipEarlyData();
        return compatible(transition.send(retry.message()));
    }

    private Transition answer(ServerFlight made) {
        var exchange = made.exchange();
        var handshake = exchange.handshake();
        boolean asks = offer.config().clientAuthentication() != ClientAuthentication.NONE
                && exchange.agreement().known().isNone();
        boolean first = offer.retried().isEmpty();
        var transition = Transition.to(asks ? new WaitCertificate(exchange) : next(made));
        if (first) transition.fixSentVersion(RECORD_VERSION);
        made.hello().forEach(transition::send);
        if (first) compatible(transition);
        handshake.toldBy(transition).protectReads(opening(made), proof).protectWrites(handshake.sealing(Role.SERVER));
        made.encrypted().forEach(transition::send);
        var keys = exchange.keys();
        keys.toldBy(transition);
        made.early()
                .ifPresent(early -> early.keys()
                        .toldBy(transition)
                        .takeEarlyData(early.most())
                        .erase(early.keys()));
        return exchange.agreement().heartbeats().begin(keys.sentBy(transition, keys.sending(Role.SERVER)));
    }

    private static HandshakeState next(ServerFlight made) {
        return made.early().isPresent() ? new WaitEndOfEarlyData(made.exchange()) : new WaitFinished(made.exchange());
    }

    /** RFC 8446 §4.2.10: early data that is not wanted is passed over. */
    private RecordProtection opening(ServerFlight made) {
        var handshake = made.exchange().handshake();
        if (made.early().isPresent())
            return new CompatibleProtection(made.early().get().keys().opening());
        return offer.has(EarlyData.class) ? handshake.openingAfterEarlyData() : handshake.openingClients();
    }

    /** RFC 8446 §D.4: right behind the first message, where the client makes it look like a resumption. */
    private Transition compatible(Transition transition) {
        return offer.isCompatible() ? transition.sendChangeCipherSpec() : transition;
    }
}
