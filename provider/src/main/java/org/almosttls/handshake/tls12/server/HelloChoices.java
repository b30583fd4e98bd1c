package org.almosttls.handshake.tls12.server;

import java.time.Instant;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.HandshakeFacts;
import org.almosttls.config.TlsConfig;
import org.almosttls.extension.EncryptThenMac;
import org.almosttls.extension.ExtendedMasterSecret;
import org.almosttls.handshake.Heartbeats;
import org.almosttls.handshake.RecordLimits;
import org.almosttls.handshake.tls12.Agreement;
import org.almosttls.handshake.tls12.Compression;
import org.almosttls.registry.Tls12Suite;

/** What a server's hello settles once the suite is chosen; anew for each connection, also of a resumed session. */
record HelloChoices(TlsConfig config, ClientOffer offer) {

    /** @param created when the session began */
    Agreement on(Tls12Suite suite, byte[] sessionId, Instant created) throws TlsAlertException {
        var facts = offer.facts(suite.suite(), applicationProtocol(offer.facts(suite.suite(), Optional.empty())));
        var hello = offer.hello();
        var randoms = offer.randoms(config.randomness());
        // RFC 7627 §5.2: a full handshake goes on without the extension, for clients that do not have it.
        boolean extended = offer.has(ExtendedMasterSecret.class);
        boolean encryptThenMac = offer.has(EncryptThenMac.class) && suite.isCbc();
        offer.past().requireNoWeaker(suite, encryptThenMac);
        var limits = RecordLimits.chosen(config, hello.extensions());
        return new Agreement(
                config,
                offer.rules(),
                suite,
                randoms,
                sessionId,
                encryptThenMac,
                extended,
                limits,
                Compression.choose(config, hello),
                false,
                Heartbeats.chosen(config, hello.extensions()),
                facts,
                created,
                offer.past(),
                offer.saysSecureRenegotiation());
    }

    /** RFC 7301 §3.2: the choice is made when all else is known, and only if the client asks. */
    private Optional<String> applicationProtocol(HandshakeFacts known) throws TlsAlertException {
        var offered = offer.applicationProtocols();
        return offered.isPresent()
                ? offer.past().select(offered.get(), config.protocolSelector(), known)
                : offer.past().applicationProtocol();
    }
}
