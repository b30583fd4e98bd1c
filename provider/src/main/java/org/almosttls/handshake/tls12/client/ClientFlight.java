package org.almosttls.handshake.tls12.client;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.handshake.Authenticated;
import org.almosttls.handshake.CertificateChain;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.Flight;
import org.almosttls.handshake.tls12.Agreement;
import org.almosttls.handshake.tls12.Secured;
import org.almosttls.handshake.tls12.SessionKeys;
import org.almosttls.handshake.tls12.client.WantedCertificate.Chosen;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.message.Certificate;
import org.almosttls.message.CertificateVerify;
import org.almosttls.registry.SignatureScheme;

/** What the client answers to ServerHelloDone, up to ChangeCipherSpec, and the keys that come of it. */
record ClientFlight(Flight flight, Secured secured) implements Completion {

    /** The slow part of a client's handshake: choosing a certificate, exchanging keys, signing. */
    record Maker(Agreement agreement, ServerKey serverKey, Optional<WantedCertificate> wanted) {

        ClientFlight make(Transcript seen) throws TlsAlertException {
            var chosen = wanted.flatMap(it -> it.choose(agreement));
            var flight = Flight.after(seen);
            // RFC 5246 §7.4.6: who is asked and has no suitable certificate sends an empty list.
            if (wanted.isPresent()) flight = flight.plus(certificate(chosen));
            var exchanged = serverKey.exchange(agreement);
            try (var premaster = exchanged.premaster()) {
                flight = flight.plus(exchanged.message());
                // RFC 5246 §7.4.8: only behind a certificate that can sign.
                var whole = chosen.isPresent() ? flight.plus(certificateVerify(chosen.get(), flight)) : flight;
                var keys = SessionKeys.derive(agreement, premaster, flight.transcript());
                return new ClientFlight(whole, new Secured(agreement, authenticated(chosen), keys, whole.transcript()));
            }
        }

        private static Certificate certificate(Optional<Chosen> chosen) {
            return chosen.map(it -> CertificateChain.encode(it.credential())).orElse(new Certificate(List.of()));
        }

        /** RFC 5246 §7.4.8: over all messages so far, ClientKeyExchange included. */
        private CertificateVerify certificateVerify(Chosen chosen, Flight flight) throws TlsAlertException {
            var config = agreement.config();
            try {
                var signature = config.crypto()
                        .sign(
                                chosen.scheme(),
                                chosen.credential().key(),
                                config.randomness(),
                                flight.transcript().messages());
                return new CertificateVerify(agreement.rules().said(chosen.scheme()), signature);
            } catch (GeneralSecurityException unable) {
                throw Violation.INTERNAL.causedBy(unable);
            }
        }

        private Authenticated authenticated(Optional<Chosen> chosen) {
            List<X509Certificate> localChain =
                    chosen.map(it -> it.credential().chain()).orElse(List.of());
            List<SignatureScheme> peerSchemes =
                    wanted.map(WantedCertificate::schemes).orElse(List.of());
            return new Authenticated(
                    serverKey.group(),
                    serverKey.scheme(),
                    peerSchemes,
                    serverKey.server().chain(),
                    localChain);
        }
    }

    @Override
    public void close() {
        secured.close();
    }
}
