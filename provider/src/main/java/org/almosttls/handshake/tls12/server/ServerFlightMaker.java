package org.almosttls.handshake.tls12.server;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.SessionStore.NewSessions;
import org.almosttls.config.TlsConfig;
import org.almosttls.crypto.KeyAgreement;
import org.almosttls.extension.ExtendedMasterSecret;
import org.almosttls.extension.SessionTicket;
import org.almosttls.extension.StatusRequest;
import org.almosttls.handshake.Authenticated;
import org.almosttls.handshake.CertificateChain;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.Flight;
import org.almosttls.handshake.tls12.Agreement;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.message.CertificateStatus;
import org.almosttls.message.ServerHelloDone;
import org.almosttls.message.ServerKeyExchange;
import org.almosttls.message.ServerParams;
import org.almosttls.message.ServerParams.ServerDhParams;
import org.almosttls.message.ServerParams.ServerEcdhParams;

/** The slow part of a server's answer: choosing, making a key, signing it. Holds only copies of its own. */
record ServerFlightMaker(TlsConfig config, ClientOffer offer, Transcript seen) {

    private static final int SESSION_ID_LENGTH = 32;

    /** RFC 5246 §7.3: a session that the client offers is gone on with if it will do. */
    Completion make() throws TlsAlertException {
        requireServedName();
        var resumed = new Resumption(config, offer).make(seen);
        return resumed.isPresent() ? resumed.get() : full();
    }

    /** RFC 6066 §3: a server that does not serve the name may end the handshake. */
    private void requireServedName() throws TlsAlertException {
        for (var name : offer.serverNames())
            if (!config.serverNames().serves(name)) throw Violation.NAME_NOT_RECOGNIZED.exception(name);
    }

    private ServerFlight full() throws TlsAlertException {
        Violation.NO_SESSION_TO_RESUME.when(config.sessions().newSessions() == NewSessions.REFUSED);
        var selection = new Selector(config, offer).select();
        var agreement = agreement(selection);
        var flight = identified(agreement, selection);
        if (selection.ephemeral().isEmpty())
            return finish(
                    flight,
                    agreement,
                    selection,
                    new ExchangeKey.Certified(selection.credential().key()));
        try {
            var fresh = config.crypto().keyAgreement(selection.ephemeral().get().group(), config.randomness());
            return signed(flight, agreement, selection, fresh);
        } catch (GeneralSecurityException unable) {
            throw Violation.INTERNAL.causedBy(unable);
        }
    }

    /** RFC 6066 §8: CertificateStatus comes right behind Certificate, if the client asks and there is one. */
    private Flight identified(Agreement agreement, Selection selection) {
        var status = offer.has(StatusRequest.class)
                ? config.stapling().source().responseFor(selection.credential().chain())
                : Optional.<byte[]>empty();
        var flight = Flight.after(seen)
                .plus(new AnsweringHello(agreement, offer).message(status.isPresent()))
                .plus(CertificateChain.encode(selection.credential()));
        return status.isPresent() ? flight.plus(CertificateStatus.ofOcsp(status.get())) : flight;
    }

    private Agreement agreement(Selection selection) throws TlsAlertException {
        var id = newId();
        var agreement = new HelloChoices(config, offer)
                .on(selection.suite(), id, config.clock().now());
        // RFC 5077 §3.2: no promise to a client that did not ask; and no ticket for what could not be resumed.
        boolean promises = id.length > 0
                && offer.has(SessionTicket.class)
                && config.sessions().usesTickets();
        return promises ? agreement.promisingTicket() : agreement;
    }

    /** RFC 5246 §7.4.1.3: empty if the session cannot be resumed, as RFC 7627 §5.3 wants it where it is not bound. */
    private byte[] newId() {
        boolean kept = config.sessions().newSessions() == NewSessions.KEPT && offer.has(ExtendedMasterSecret.class);
        return kept ? config.randomness().bytes(SESSION_ID_LENGTH) : new byte[0];
    }

    private ServerFlight signed(Flight flight, Agreement agreement, Selection selection, KeyAgreement fresh)
            throws GeneralSecurityException {
        try {
            var exchange = keyExchange(agreement, selection, params(selection, fresh.publicKey()));
            return finish(flight.plus(exchange), agreement, selection, new ExchangeKey.Ephemeral(fresh));
        } catch (GeneralSecurityException | RuntimeException unable) {
            fresh.close();
            throw unable;
        }
    }

    /** RFC 8422 §5.4, RFC 5246 §7.4.3. */
    private ServerParams params(Selection selection, byte[] publicKey) {
        var group = selection.ephemeral().orElseThrow().group();
        return config.crypto()
                .fieldOf(group)
                .<ServerParams>map(field -> new ServerDhParams(octets(field.p()), octets(field.g()), publicKey))
                .orElseGet(() -> new ServerEcdhParams(group, publicKey));
    }

    private static byte[] octets(BigInteger number) {
        byte[] octets = number.toByteArray();
        return octets[0] == 0 ? Arrays.copyOfRange(octets, 1, octets.length) : octets;
    }

    /** RFC 5246 §7.4.3: the signature covers both randoms and the parameters. */
    private ServerKeyExchange keyExchange(Agreement agreement, Selection selection, ServerParams params)
            throws GeneralSecurityException {
        var chosen = selection.ephemeral().orElseThrow();
        var signature = config.crypto()
                .sign(
                        chosen.scheme(),
                        selection.credential().key(),
                        config.randomness(),
                        agreement.randoms().client(),
                        agreement.randoms().server(),
                        params.bytes());
        return new ServerKeyExchange(params, offer.rules().said(chosen.scheme()), signature);
    }

    private ServerFlight finish(Flight flight, Agreement agreement, Selection selection, ExchangeKey key) {
        var asking = config.clientAuthentication() == ClientAuthentication.NONE
                ? flight
                : flight.plus(AskedCertificate.of(config, offer.rules()));
        var whole = asking.plus(new ServerHelloDone());
        var authenticated = new Authenticated(
                selection.ephemeral().map(Selection.Ephemeral::group),
                selection.ephemeral().map(Selection.Ephemeral::scheme),
                offer.certificateSchemes(),
                List.of(),
                selection.credential().chain());
        return new ServerFlight(whole, new Exchange(agreement, authenticated, key, whole.transcript()));
    }
}
