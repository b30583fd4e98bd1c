package org.almosttls.handshake.tls13.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.EarlyData;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.PostHandshakeAuth;
import org.almosttls.extension.ServerNames;
import org.almosttls.extension.StatusRequest;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.handshake.Authenticated;
import org.almosttls.handshake.Flight;
import org.almosttls.handshake.RecordLimits;
import org.almosttls.handshake.tls13.Agreement;
import org.almosttls.handshake.tls13.CertificateCompressions;
import org.almosttls.handshake.tls13.Certificates;
import org.almosttls.handshake.tls13.Encrypted;
import org.almosttls.handshake.tls13.LateAuthentication;
import org.almosttls.handshake.tls13.Proof;
import org.almosttls.message.CertificateRequest13;
import org.almosttls.message.EncryptedExtensions;
import org.almosttls.registry.Role;

/**
 * What a server says behind ServerHello (RFC 8446 §4.3, §4.4).
 *
 * @param credential of the server, unless a pre-shared key is what it is known by
 * @param limits as they are told
 */
record EncryptedFlightMaker(ClientOffer offer, Optional<ServerCredential> credential, RecordLimits limits) {

    /** @param handshake up to and including ServerHello; taken over if this does not fail */
    ServerFlight make(Flight hello, Encrypted handshake) throws TlsAlertException {
        var agreement = handshake.agreement();
        var flight = Flight.after(handshake.transcript())
                .plus(new EncryptedExtensions(new Extensions(extensions(agreement), true)));
        if (credential.isPresent()) flight = showing(credential.get(), handshake.at(flight.transcript()), flight);
        flight = flight.plus(handshake.at(flight.transcript()).finished(Role.SERVER));
        var seen = handshake.at(flight.transcript());
        var exchange = new Exchange(seen, seen.applicationKeys(), authenticated(agreement), terms(agreement));
        return new ServerFlight(hello.messages(), flight.messages(), exchange, Optional.empty());
    }

    /** RFC 8446 §4.3.2: whoever is authenticated by a pre-shared key shows no certificate, and asks for none. */
    private Flight showing(ServerCredential own, Encrypted handshake, Flight before) throws TlsAlertException {
        var flight = before;
        if (asks())
            flight =
                    flight.plus(new CertificateRequest13(Certificates.NO_CONTEXT, AskedCertificate.of(offer.config())));
        var certificate = Certificates.encode(own.credential(), status(own));
        flight = flight.plus(CertificateCompressions.shorter(certificate, offer.compressions(), offer.config()));
        return flight.plus(
                Proof.make(handshake.seen().at(flight.transcript()), Role.SERVER, own.credential(), own.scheme()));
    }

    /** RFC 8446 §4.2.9: no tickets that the client could not use. */
    private Exchange.Terms terms(Agreement agreement) {
        return new Exchange.Terms(
                offer.takesTickets() && agreement.makesTickets() ? GivenTickets.count(offer.config()) : 0,
                offer.has(PostHandshakeAuth.class) && LateAuthentication.isPossible(agreement));
    }

    private boolean asks() {
        return offer.config().clientAuthentication() != ClientAuthentication.NONE;
    }

    private List<Extension> extensions(Agreement agreement) {
        var all = new ArrayList<Extension>();
        // RFC 6066 §3: an empty server_name says that the name was heeded.
        if (!offer.serverNames().isEmpty()) all.add(new ServerNames(List.of()));
        all.addAll(preferred());
        all.addAll(limits.answer());
        all.addAll(agreement.heartbeats().answer());
        agreement.facts().applicationProtocol().ifPresent(name -> all.add(new ApplicationProtocols(List.of(name))));
        if (agreement.earlyData()) all.add(new EarlyData());
        return all;
    }

    /** RFC 8446 §4.2.7: all own groups, for a client whose shares are in none that the server likes best. */
    private List<SupportedGroups> preferred() {
        var config = offer.config();
        var own = config.groups().stream().filter(config.crypto()::supports).toList();
        boolean known = !config.serverPreference()
                || offer.shares().stream().anyMatch(share -> share.group().equals(own.get(0)));
        return known ? List.of() : List.of(new SupportedGroups(own));
    }

    /** RFC 8446 §4.4.2.1: beside the server's own certificate, if the client asks and there is one. */
    private Optional<byte[]> status(ServerCredential own) {
        return offer.has(StatusRequest.class)
                ? offer.config()
                        .stapling()
                        .source()
                        .responseFor(own.credential().chain())
                : Optional.empty();
    }

    private Authenticated authenticated(Agreement agreement) {
        var resumed = agreement.known().session();
        return new Authenticated(
                Optional.of(agreement.group()),
                credential.map(ServerCredential::scheme),
                offer.certificateSchemes(),
                resumed.map(NegotiatedSession::peerChain).orElse(List.of()),
                resumed.map(NegotiatedSession::localChain)
                        .or(() -> credential.map(own -> own.credential().chain()))
                        .orElse(List.of()));
    }
}
