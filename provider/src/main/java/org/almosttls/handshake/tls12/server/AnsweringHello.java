package org.almosttls.handshake.tls12.server;

import java.util.ArrayList;
import java.util.List;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.EcPointFormats;
import org.almosttls.extension.EncryptThenMac;
import org.almosttls.extension.ExtendedMasterSecret;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.ServerNames;
import org.almosttls.extension.SessionTicket;
import org.almosttls.extension.StatusPromise;
import org.almosttls.handshake.tls12.Agreement;
import org.almosttls.handshake.tls12.PointFormats;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.KeyExchange;

/** RFC 5246 §7.4.1.3: the server's choices, and the extensions that the client's offer allows. */
record AnsweringHello(Agreement agreement, ClientOffer offer) {

    /**
     * For a new session.
     *
     * @param stapled RFC 6066 §8: whether CertificateStatus follows
     */
    ServerHello message(boolean stapled) {
        var all = new ArrayList<Extension>();
        // RFC 6066 §3: an empty server_name says that the name was heeded.
        if (!offer.serverNames().isEmpty()) all.add(new ServerNames(List.of()));
        if (stapled) all.add(new StatusPromise());
        all.addAll(ofEveryConnection());
        // RFC 8422 §5.2: only for a suite of elliptic curves.
        if (offer.has(EcPointFormats.class) && agreement.suite().keyExchange() == KeyExchange.ECDHE)
            all.add(PointFormats.ONLY_UNCOMPRESSED);
        // RFC 5077 §3.4: a server that is to issue a ticket says no session id.
        return message(agreement.ticket() ? new byte[0] : agreement.sessionId(), all);
    }

    /**
     * For a session that is resumed: RFC 6066 §3 has no server_name then, RFC 8422 §4 nothing about curves; the session
     * id is the client's, which RFC 5077 §3.4 lets it make up beside a ticket.
     */
    ServerHello resuming() {
        return message(offer.hello().sessionId(), ofEveryConnection());
    }

    private ServerHello message(byte[] sessionId, List<Extension> extensions) {
        return new ServerHello(
                offer.rules().version(),
                agreement.randoms().server(),
                sessionId,
                agreement.suite().suite(),
                agreement.compression().code(),
                Extensions.of(extensions));
    }

    private List<Extension> ofEveryConnection() {
        var all = new ArrayList<Extension>();
        all.addAll(agreement.limits().answer());
        all.addAll(agreement.heartbeats().answer());
        if (agreement.encryptThenMac()) all.add(new EncryptThenMac());
        if (agreement.extendedMasterSecret()) all.add(new ExtendedMasterSecret());
        if (agreement.ticket()) all.add(SessionTicket.NONE_YET);
        // RFC 5746 §3.6: also in answer to the signalling suite alone.
        if (offer.saysSecureRenegotiation()) all.add(offer.past().ofServer());
        if (offer.applicationProtocols().isPresent())
            agreement.facts().applicationProtocol().ifPresent(name -> all.add(new ApplicationProtocols(List.of(name))));
        return all;
    }
}
