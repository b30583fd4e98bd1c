package org.almosttls.handshake.hello.client;

import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.SessionStore.NewSessions;
import org.almosttls.config.TlsConfig;
import org.almosttls.extension.Extensions;
import org.almosttls.handshake.RecordLimits;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls12.Past;
import org.almosttls.handshake.tls12.Tls12Rules;
import org.almosttls.handshake.tls13.client.EarlyFlight;
import org.almosttls.handshake.tls13.client.OfferedKeys;
import org.almosttls.handshake.tls13.client.OfferedSession;
import org.almosttls.handshake.tls13.client.OwnShares;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.message.ClientHello;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HandshakeDecoder;

/** What a client says first (RFC 5246 §7.4.1.2, RFC 8446 §4.1.2): everything it is ready to do. */
public final class Start {

    private static final int RANDOM_LENGTH = 32;
    private static final int SESSION_ID_LENGTH = 32;

    private Start() {}

    /** Sends ClientHello. */
    public static Transition begin(TlsConfig config, Past past) throws TlsAlertException {
        var offered = OfferedVersions.of(config);
        var suites = offered.suites();
        if (suites.isEmpty())
            throw Violation.NOTHING_TO_OFFER.exception(
                    "versions " + config.versions() + ", suites " + config.cipherSuites());
        var resumable = past.mayResume() ? resumable(config, offered) : Optional.<ResumableSession>empty();
        var older = resumable.filter(known -> !known.isForOneUse());
        var shares = offered.newer().isPresent() ? OwnShares.drawn(config) : OwnShares.NONE;
        var keys = offered.newer().isPresent() ? OfferedKeys.of(resumable, suites, config) : OfferedKeys.NONE;
        var early = EarlyFlight.of(config, keys, suites);
        var extensions = new HelloExtensions(offered, past, older, keys, shares, early.isPresent());
        var meant = new ClientHello(
                offered.legacyVersion(),
                config.randomness().bytes(RANDOM_LENGTH),
                sessionId(offered, older),
                suites,
                offered.compressionMethods(),
                Extensions.of(Permutation.of(extensions.all(), config)));
        var hello = encoded(
                config.onRequest().has(Feature.GREASE)
                        ? Grease.drawn(config.randomness()).in(meant)
                        : meant,
                config,
                keys);
        var begun = Transition.to(new WaitServerHello(config, hello, older, keys, past, shares, 0))
                .decode(HandshakeDecoder.HELLOS)
                .send(hello);
        early.ifPresent(flight -> flight.sentBy(begun, hello));
        resumable.ifPresent(known -> begun.associate(known.session().id()));
        return begun;
    }

    /** RFC 8446 §4.2.11: pre-shared keys are offered behind all else, and bound to all of it. */
    private static EncodedMessage encoded(ClientHello hello, TlsConfig config, OfferedKeys keys) {
        if (keys.isEmpty()) return HelloLength.padded(hello);
        var padded = HelloLength.padded(keys.in(hello, config));
        return keys.bound((ClientHello) padded.message(), Transcript.EMPTY, config);
    }

    /** RFC 8446 §4.1.2, §D.4: where there is no session to go on with, one that is made up is for middleboxes. */
    private static byte[] sessionId(OfferedVersions offered, Optional<ResumableSession> older) {
        if (older.isPresent()) return older.get().session().id();
        return offered.newer().isPresent() ? offered.config().randomness().bytes(SESSION_ID_LENGTH) : new byte[0];
    }

    /** The session to offer: RFC 5246 §7.4.1.2, and RFC 7627 §5.3 for extended master secret, which is always offered. */
    private static Optional<ResumableSession> resumable(TlsConfig config, OfferedVersions offered)
            throws TlsAlertException {
        var names = HelloExtensions.askableName(config).stream().toList();
        var fitting = config.sessions()
                .toOffer(known -> known.session().id().length > 0
                        && (fitsOlder(known, offered) || fitsNewer(known, offered))
                        && known.isFor(names));
        Violation.NO_SESSION_TO_RESUME.when(
                fitting.isEmpty() && config.sessions().newSessions() == NewSessions.REFUSED);
        return fitting;
    }

    private static boolean fitsOlder(ResumableSession known, OfferedVersions offered) {
        var config = offered.config();
        return Tls12Rules.of(known.session().version()).isPresent()
                && known.session().extendedMasterSecret()
                && offered.hasCompression(known.session().compression())
                && RecordLimits.permit(known.session().fragmentLength(), config)
                && known.fits(
                        config.versions(), offered.suites(), known.session().serverNames());
    }

    private static boolean fitsNewer(ResumableSession known, OfferedVersions offered) {
        return offered.newer()
                .filter(version -> OfferedSession.fits(known, version, offered.suites(), offered.config()))
                .isPresent();
    }
}
