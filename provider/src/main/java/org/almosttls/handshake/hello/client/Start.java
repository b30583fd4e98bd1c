package org.almosttls.handshake.hello.client;

import java.util.List;
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
import org.almosttls.handshake.tls12.Compression;
import org.almosttls.handshake.tls12.Past;
import org.almosttls.handshake.tls12.Tls12Rules;
import org.almosttls.handshake.tls13.client.OwnShares;
import org.almosttls.message.ClientHello;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.registry.CipherSuite;

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
        var resumable = past.mayResume() ? resumable(config, suites) : Optional.<ResumableSession>empty();
        var shares = offered.newer().isPresent() ? OwnShares.drawn(config) : OwnShares.NONE;
        var extensions = new HelloExtensions(offered, past, resumable, shares);
        var meant = new ClientHello(
                offered.legacyVersion(),
                config.randomness().bytes(RANDOM_LENGTH),
                sessionId(offered, resumable),
                suites,
                Compression.offer(config),
                Extensions.of(extensions.all()));
        var hello = HelloLength.padded(
                config.onRequest().has(Feature.GREASE)
                        ? Grease.drawn(config.randomness()).in(meant)
                        : meant);
        var begun = Transition.to(new WaitServerHello(config, hello, resumable, past, shares, 0))
                .decode(HandshakeDecoder.HELLOS)
                .send(hello);
        return resumable.isPresent() ? begun.associate(meant.sessionId()) : begun;
    }

    /** RFC 8446 §4.1.2, §D.4: where there is no session to go on with, one that is made up is for middleboxes. */
    private static byte[] sessionId(OfferedVersions offered, Optional<ResumableSession> resumable) {
        if (resumable.isPresent()) return resumable.get().session().id();
        return offered.newer().isPresent() ? offered.config().randomness().bytes(SESSION_ID_LENGTH) : new byte[0];
    }

    /** The session to offer: RFC 5246 §7.4.1.2, and RFC 7627 §5.3 for extended master secret, which is always offered. */
    private static Optional<ResumableSession> resumable(TlsConfig config, List<CipherSuite> suites)
            throws TlsAlertException {
        var names = HelloExtensions.askableName(config).stream().toList();
        var fitting = config.sessions()
                .toOffer(known -> known.session().id().length > 0
                        && Tls12Rules.of(known.session().version()).isPresent()
                        && known.session().extendedMasterSecret()
                        && Compression.isOffered(config, known.session().compression())
                        && RecordLimits.permit(known.session().fragmentLength(), config)
                        && known.fits(config.versions(), suites, names));
        Violation.NO_SESSION_TO_RESUME.when(
                fitting.isEmpty() && config.sessions().newSessions() == NewSessions.REFUSED);
        return fitting;
    }
}
