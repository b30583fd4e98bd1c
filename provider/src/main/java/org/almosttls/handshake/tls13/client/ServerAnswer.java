package org.almosttls.handshake.tls13.client;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.HandshakeFacts;
import org.almosttls.config.SessionStore.NewSessions;
import org.almosttls.extension.KeyShare;
import org.almosttls.extension.SelectedPreSharedKey;
import org.almosttls.handshake.Heartbeats;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.RecordLimits;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls13.Acquaintance;
import org.almosttls.handshake.tls13.Agreement;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.CompressionMethod;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.Tls13Suite;

/** RFC 8446 §4.1.3, §4.1.4: what a client makes of ServerHello or HelloRetryRequest; that the version is right is known. */
public record ServerAnswer(Offer offer, ServerHello answer, Received in) {

    private static final int LEGACY_VERSION = 0x0303;
    private static final Set<ExtensionType> OF_SERVER_HELLO =
            Set.of(ExtensionType.SUPPORTED_VERSIONS, ExtensionType.KEY_SHARE, ExtensionType.PRE_SHARED_KEY);

    /** The keys in the offer are taken over if this does not fail. */
    public Transition begin() throws TlsAlertException {
        Violation.LEGACY_VERSION_WRONG.unless(answer.legacyVersion().code() == LEGACY_VERSION);
        Violation.SESSION_ID_NOT_ECHOED.unless(
                Arrays.equals(answer.sessionId(), offer.hello().sessionId()));
        // RFC 8446 §4.1.3: legacy_compression_method must have the value 0.
        if (answer.compressionMethod() != 0)
            throw Violation.COMPRESSION_NOT_OFFERED.exception(new CompressionMethod(answer.compressionMethod()).name());
        var suite = suite();
        return answer.isHelloRetryRequest() ? new Retry(offer, answer, suite).begin(in) : agreed(suite);
    }

    private Tls13Suite suite() throws TlsAlertException {
        var chosen = answer.cipherSuite();
        // RFC 8446 §4.1.3: one that was offered.
        var suite = Tls13Suite.of(chosen)
                .filter(known -> offer.hello().cipherSuites().contains(chosen))
                .orElseThrow(() -> Violation.SUITE_NOT_OFFERED.exception(chosen.name()));
        // RFC 8446 §4.1.4: the same as in HelloRetryRequest.
        var before = offer.retry().map(ServerHello::cipherSuite);
        Violation.RETRY_SUITE_CHANGED.when(before.isPresent() && !before.get().equals(chosen));
        return suite;
    }

    private Transition agreed(Tls13Suite suite) throws TlsAlertException {
        for (var type : answer.extensions().types())
            // RFC 8446 §4.2: all else that was offered is answered in other messages.
            if (!OF_SERVER_HELLO.contains(type)) throw Violation.EXTENSION_MISPLACED.exception(type.name());
        var known = known(suite);
        Violation.NO_SESSION_TO_RESUME.when(
                known.session().isEmpty() && offer.config().sessions().newSessions() == NewSessions.REFUSED);
        var offered = answer.extensions().find(KeyShare.class).map(KeyShare::entry);
        // RFC 8446 §4.2.11: the one mode that is offered needs a share.
        Violation.PSK_WITHOUT_KEY_SHARE.when(!known.isNone() && offered.isEmpty());
        var share = offered.orElseThrow(() -> Violation.EXTENSION_MISSING.exception(ExtensionType.KEY_SHARE.name()));
        // RFC 8446 §4.2.8: in the same group as one of the client's shares.
        if (!offer.shares().has(share.group()))
            throw Violation.GROUP_NOT_OFFERED.exception(share.group().name());
        return WaitHandshakeKeys.begin(offer, agreement(suite, share.group(), known), share, in);
    }

    /** RFC 8446 §4.2.11: which of the keys that were offered the server goes on from, if it does. */
    private Acquaintance known(Tls13Suite suite) throws TlsAlertException {
        var selected = answer.extensions().find(SelectedPreSharedKey.class).map(SelectedPreSharedKey::identity);
        if (selected.isEmpty()) return Acquaintance.NONE;
        var chosen = offer.keys()
                .at(selected.get())
                .orElseThrow(() -> Violation.PSK_NOT_OFFERED.exception("identity " + selected.get()));
        Violation.PSK_OF_OTHER_HASH.unless(chosen.hash() == suite.hash());
        return chosen.by();
    }

    private Agreement agreement(Tls13Suite suite, NamedGroup group, Acquaintance known) {
        var facts =
                new HandshakeFacts(offer.version(), suite.suite(), offer.serverNames(), List.of(), Optional.empty());
        return new Agreement(
                offer.config(),
                suite,
                offer.hello().random(),
                group,
                new RecordLimits(Optional.empty(), Optional.empty(), Optional.empty()),
                new Heartbeats(Optional.empty()),
                facts,
                known,
                offer.next(),
                false);
    }
}
