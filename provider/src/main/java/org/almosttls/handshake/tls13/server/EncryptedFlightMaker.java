package org.almosttls.handshake.tls13.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.ServerNames;
import org.almosttls.extension.StatusRequest;
import org.almosttls.handshake.Authenticated;
import org.almosttls.handshake.Flight;
import org.almosttls.handshake.RecordLimits;
import org.almosttls.handshake.tls13.Agreement;
import org.almosttls.handshake.tls13.Certificates;
import org.almosttls.handshake.tls13.Encrypted;
import org.almosttls.handshake.tls13.Proof;
import org.almosttls.message.CertificateRequest13;
import org.almosttls.message.EncryptedExtensions;
import org.almosttls.registry.Role;

/**
 * What a server says behind ServerHello (RFC 8446 §4.3, §4.4).
 *
 * @param limits as they are told
 */
record EncryptedFlightMaker(ClientOffer offer, ServerCredential credential, RecordLimits limits) {

    private static final byte[] NO_CONTEXT = {};

    /** @param handshake up to and including ServerHello; taken over if this does not fail */
    ServerFlight make(Flight hello, Encrypted handshake) throws TlsAlertException {
        var agreement = handshake.agreement();
        var flight = Flight.after(handshake.transcript())
                .plus(new EncryptedExtensions(new Extensions(extensions(agreement), true)));
        if (asks()) flight = flight.plus(new CertificateRequest13(NO_CONTEXT, AskedCertificate.of(offer.config())));
        flight = flight.plus(Certificates.encode(credential.credential(), status()));
        flight = flight.plus(Proof.make(
                handshake.at(flight.transcript()), Role.SERVER, credential.credential(), credential.scheme()));
        flight = flight.plus(handshake.at(flight.transcript()).finished(Role.SERVER));
        var seen = handshake.at(flight.transcript());
        var exchange = new Exchange(seen, seen.applicationKeys(), authenticated(agreement));
        return new ServerFlight(hello.messages(), flight.messages(), exchange);
    }

    private boolean asks() {
        return offer.config().clientAuthentication() != ClientAuthentication.NONE;
    }

    private List<Extension> extensions(Agreement agreement) {
        var all = new ArrayList<Extension>();
        // RFC 6066 §3: an empty server_name says that the name was heeded.
        if (!offer.serverNames().isEmpty()) all.add(new ServerNames(List.of()));
        all.addAll(limits.answer());
        all.addAll(agreement.heartbeats().answer());
        agreement.facts().applicationProtocol().ifPresent(name -> all.add(new ApplicationProtocols(List.of(name))));
        return all;
    }

    /** RFC 8446 §4.4.2.1: beside the server's own certificate, if the client asks and there is one. */
    private Optional<byte[]> status() {
        return offer.has(StatusRequest.class)
                ? offer.config()
                        .stapling()
                        .source()
                        .responseFor(credential.credential().chain())
                : Optional.empty();
    }

    private Authenticated authenticated(Agreement agreement) {
        return new Authenticated(
                Optional.of(agreement.group()),
                Optional.of(credential.scheme()),
                offer.certificateSchemes(),
                List.of(),
                credential.credential().chain());
    }
}
