package org.almosttls.handshake.tls13.server;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.HandshakeFacts;
import org.almosttls.crypto.Encapsulated;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.KeyShare;
import org.almosttls.extension.KeyShareEntry;
import org.almosttls.extension.RequestedKeyShare;
import org.almosttls.extension.SelectedPreSharedKey;
import org.almosttls.extension.SelectedVersion;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.Flight;
import org.almosttls.handshake.Heartbeats;
import org.almosttls.handshake.RecordLimits;
import org.almosttls.handshake.tls13.Acquaintance;
import org.almosttls.handshake.tls13.Agreement;
import org.almosttls.handshake.tls13.EarlyKeys;
import org.almosttls.handshake.tls13.Encrypted;
import org.almosttls.handshake.tls13.HandshakeKeys;
import org.almosttls.handshake.tls13.ShareLengths;
import org.almosttls.handshake.tls13.server.ServerFlight.TakenEarly;
import org.almosttls.keyschedule.EarlySecret;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.CompressionMethod;
import org.almosttls.registry.ProtocolVersion;

/** The slow part of a server's answer: choosing, agreeing on keys, signing. Holds only copies of its own. */
record ServerFlightMaker(ClientOffer offer) {

    private static final ProtocolVersion LEGACY_VERSION = new ProtocolVersion(0x0303);
    private static final int RANDOM_LENGTH = 32;

    /** RFC 8446 §4.1.1: ServerHello and all that follows it, or HelloRetryRequest. */
    Completion make() throws TlsAlertException {
        requireServedName();
        var selection = Selection.of(offer);
        if (selection.share().isEmpty()) return retry(selection);
        var known = ChosenKey.choose(offer, selection.suite());
        try {
            var suite = selection.suite().suite();
            var facts = offer.facts(suite, applicationProtocol(offer.facts(suite, Optional.empty())));
            var credential = known.isPresent() ? Optional.<ServerCredential>empty() : Optional.of(credential(facts));
            return make(selection, facts, known, credential);
        } finally {
            known.ifPresent(ChosenKey::close);
        }
    }

    private ServerFlight make(
            Selection selection, HandshakeFacts facts, Optional<ChosenKey> known, Optional<ServerCredential> credential)
            throws TlsAlertException {
        var config = offer.config();
        ShareLengths.require(selection.share().orElseThrow(), config.crypto());
        try (var encapsulated = config.crypto()
                .encapsulate(selection.group(), selection.share().get().keyExchange(), config.randomness())) {
            return flight(selection, facts, known, credential, encapsulated);
        } catch (GeneralSecurityException unable) {
            throw Violation.INTERNAL.causedBy(unable);
        }
    }

    /** Of a new session. */
    private ServerCredential credential(HandshakeFacts facts) throws TlsAlertException {
        Violation.NO_SESSION_TO_RESUME.unless(offer.mayBegin());
        offer.requireSchemes();
        return ServerCredential.choose(offer, facts);
    }

    /** RFC 6066 §3: a server that does not serve the name may end the handshake. */
    private void requireServedName() throws TlsAlertException {
        for (var name : offer.serverNames())
            if (!offer.config().serverNames().serves(name)) throw Violation.NAME_NOT_RECOGNIZED.exception(name);
    }

    /** RFC 8446 §4.1.4. */
    private RetryRequest retry(Selection selection) {
        var message = ServerHello.helloRetryRequest(
                offer.hello().sessionId(),
                selection.suite().suite(),
                Extensions.of(List.of(new RequestedKeyShare(selection.group()), new SelectedVersion(offer.version()))));
        return new RetryRequest(EncodedMessage.of(message), selection);
    }

    private ServerFlight flight(
            Selection selection,
            HandshakeFacts facts,
            Optional<ChosenKey> known,
            Optional<ServerCredential> credential,
            Encapsulated encapsulated)
            throws TlsAlertException {
        var limits = RecordLimits.chosenOfInner(offer.config(), offer.hello().extensions());
        var agreement = agreement(selection, facts, limits, known);
        var hello = Flight.after(offer.transcript()).plus(hello(selection, encapsulated.share(), known));
        try (var early = known.map(key -> key.early(agreement.hkdf()))
                .orElseGet(() -> EarlySecret.withoutPreSharedKey(agreement.hkdf()))) {
            var keys = HandshakeKeys.derive(agreement, early, encapsulated.secret(), hello.transcript());
            var handshake = new Encrypted(agreement, keys, hello.transcript());
            try {
                return new EncryptedFlightMaker(offer, credential, limits)
                        .make(hello, handshake)
                        .with(early(agreement, known, early));
            } catch (TlsAlertException | RuntimeException unable) {
                handshake.close();
                throw unable;
            }
        }
    }

    /** RFC 8446 §7.1: the keys of early data, which depend on nothing but the client's hello. */
    private Optional<TakenEarly> early(Agreement agreement, Optional<ChosenKey> known, EarlySecret early) {
        if (!agreement.earlyData()) return Optional.empty();
        var keys = EarlyKeys.derive(offer.config(), agreement.suite(), early, offer.hello(), offer.transcript());
        return Optional.of(new TakenEarly(keys, new EarlyAcceptance(offer, known.orElseThrow()).most()));
    }

    private ServerHello hello(Selection selection, byte[] share, Optional<ChosenKey> known) {
        var extensions = new ArrayList<Extension>();
        known.ifPresent(key -> extensions.add(new SelectedPreSharedKey(key.identity())));
        extensions.add(new KeyShare(new KeyShareEntry(selection.group(), share)));
        extensions.add(new SelectedVersion(offer.version()));
        return new ServerHello(
                LEGACY_VERSION,
                offer.config().randomness().bytes(RANDOM_LENGTH),
                offer.hello().sessionId(),
                selection.suite().suite(),
                CompressionMethod.NULL.code(),
                Extensions.of(extensions));
    }

    private Agreement agreement(
            Selection selection, HandshakeFacts facts, RecordLimits limits, Optional<ChosenKey> known)
            throws TlsAlertException {
        var config = offer.config();
        return new Agreement(
                config,
                selection.suite(),
                offer.hello().random(),
                selection.group(),
                limits.ofContent(),
                Heartbeats.chosen(config, offer.hello().extensions()),
                facts,
                known.map(ChosenKey::by).orElse(Acquaintance.NONE),
                offer.next(),
                known.filter(key -> new EarlyAcceptance(offer, key).accepts(facts))
                        .isPresent());
    }

    /** RFC 7301 §3.2: only if the client asks; before the certificate, which may be for one protocol alone (RFC 8737). */
    private Optional<String> applicationProtocol(HandshakeFacts known) throws TlsAlertException {
        var offered = offer.applicationProtocols();
        return offered.isPresent() ? offer.config().protocolSelector().select(offered.get(), known) : Optional.empty();
    }
}
