package org.almosttls.handshake.tls13.client;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.handshake.Authenticated;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.Flight;
import org.almosttls.handshake.tls13.CertificateCompressions;
import org.almosttls.handshake.tls13.Certificates;
import org.almosttls.handshake.tls13.Encrypted;
import org.almosttls.handshake.tls13.Proof;
import org.almosttls.handshake.tls13.Seen;
import org.almosttls.message.EndOfEarlyData;
import org.almosttls.registry.Role;

/**
 * RFC 8446 §4.4: what the client answers to the server's Finished or, after the handshake, to its request; its own Finished
 * excepted.
 *
 * @param localChain who it was, if it was asked; who resumes a session is who it was when that began
 */
record ClientFlight(Flight flight, Optional<List<X509Certificate>> localChain) implements Completion {

    /** Of a client that nobody asks who it is; RFC 8446 §4.5: it says that early data is complete, if that was taken. */
    static ClientFlight ofStranger(Encrypted handshake) {
        var flight = Flight.after(handshake.transcript());
        return new ClientFlight(
                handshake.agreement().earlyData() ? flight.plus(new EndOfEarlyData()) : flight, Optional.empty());
    }

    Authenticated authenticated(Authenticated before) {
        return localChain.map(before::withLocal).orElse(before);
    }

    /** Slow. */
    static ClientFlight make(Seen handshake, WantedCertificate wanted) throws TlsAlertException {
        var chosen = wanted.choose(handshake.agreement());
        var flight = Flight.after(handshake.transcript());
        // RFC 8446 §4.4.2: who is asked and has no suitable certificate sends an empty list, and proves nothing.
        if (chosen.isEmpty())
            return new ClientFlight(flight.plus(Certificates.none(wanted.requestContext())), Optional.of(List.of()));
        var credential = chosen.get().credential();
        var certificate = Certificates.encode(credential, wanted.requestContext());
        var config = handshake.agreement().config();
        var shown = flight.plus(CertificateCompressions.shorter(certificate, wanted.compressions(), config));
        var proof = Proof.make(
                handshake.at(shown.transcript()),
                Role.CLIENT,
                credential,
                chosen.get().scheme());
        return new ClientFlight(shown.plus(proof), Optional.of(credential.chain()));
    }
}
