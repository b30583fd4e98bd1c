package org.almosttls.handshake.tls12.server;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.HandshakeFacts;
import org.almosttls.config.TlsConfig;
import org.almosttls.crypto.KeyAgreement;
import org.almosttls.extension.EncryptThenMac;
import org.almosttls.extension.ExtendedMasterSecret;
import org.almosttls.handshake.CertificateChain;
import org.almosttls.handshake.tls12.Agreement;
import org.almosttls.handshake.tls12.Authenticated;
import org.almosttls.handshake.tls12.Flight;
import org.almosttls.handshake.tls12.HelloRandoms;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.message.ServerHelloDone;
import org.almosttls.message.ServerKeyExchange;
import org.almosttls.message.ServerParams;
import org.almosttls.message.ServerParams.ServerDhParams;
import org.almosttls.message.ServerParams.ServerEcdhParams;

/** The slow part of a server's answer: choosing, making a key, signing it. Holds only copies of its own. */
record ServerFlightMaker(TlsConfig config, ClientOffer offer, Transcript seen) {

    private static final int RANDOM_LENGTH = 32;

    ServerFlight make() throws TlsAlertException {
        var selection = new Selector(config, offer).select();
        var agreement = agreement(selection);
        var flight = Flight.after(seen)
                .plus(new AnsweringHello(agreement, offer).message())
                .plus(CertificateChain.encode(selection.credential()));
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

    private Agreement agreement(Selection selection) throws TlsAlertException {
        var suite = selection.suite().suite();
        var facts = offer.facts(suite, applicationProtocol(offer.facts(suite, Optional.empty())));
        var hello = offer.hello();
        var randoms = new HelloRandoms(
                hello.legacyVersion(), hello.random(), config.randomness().bytes(RANDOM_LENGTH));
        // RFC 7627 §5.2: a full handshake goes on without the extension, for clients that do not have it.
        boolean extended = offer.has(ExtendedMasterSecret.class);
        boolean encryptThenMac =
                offer.has(EncryptThenMac.class) && selection.suite().isCbc();
        return new Agreement(config, selection.suite(), randoms, new byte[0], encryptThenMac, extended, facts);
    }

    /** RFC 7301 §3.2: the choice is made when all else is known, and only if the client asks. */
    private Optional<String> applicationProtocol(HandshakeFacts known) throws TlsAlertException {
        var offered = offer.applicationProtocols();
        return offered.isPresent() ? config.protocolSelector().select(offered.get(), known) : Optional.empty();
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
        return new ServerKeyExchange(params, chosen.scheme(), signature);
    }

    private ServerFlight finish(Flight flight, Agreement agreement, Selection selection, ExchangeKey key) {
        var asking = config.clientAuthentication() == ClientAuthentication.NONE
                ? flight
                : flight.plus(AskedCertificate.of(config));
        var whole = asking.plus(new ServerHelloDone());
        var authenticated = new Authenticated(
                selection.ephemeral().map(Selection.Ephemeral::group),
                selection.ephemeral().map(Selection.Ephemeral::scheme),
                offer.schemes(),
                List.of(),
                selection.credential().chain());
        return new ServerFlight(whole, new Exchange(agreement, authenticated, key, whole.transcript()));
    }
}
