package org.almosttls.handshake.tls12.client;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.HandshakeFacts;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.SessionStore.NewSessions;
import org.almosttls.config.TlsConfig;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.ExtendedMasterSecret;
import org.almosttls.extension.ServerNames;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Heartbeats;
import org.almosttls.handshake.RecordLimits;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls12.Agreement;
import org.almosttls.handshake.tls12.Compression;
import org.almosttls.handshake.tls12.HelloRandoms;
import org.almosttls.handshake.tls12.Past;
import org.almosttls.handshake.tls12.PointFormats;
import org.almosttls.handshake.tls12.Secured;
import org.almosttls.handshake.tls12.Tls12Rules;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.message.ClientHello;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.CompressionMethod;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.Tls12Suite;

/**
 * What a client of TLS 1.2 or 1.1 makes of the server's answer; the version and which extensions there are is judged
 * already.
 *
 * @param rules of the version
 * @param offered the session that the client would go on with; its owner closes it, whatever comes of it
 * @param answerBytes the ServerHello as it came
 */
public record HelloAgreement(
        TlsConfig config,
        Tls12Rules rules,
        EncodedMessage offer,
        Optional<ResumableSession> offered,
        ServerHello answer,
        byte[] answerBytes,
        Past past) {

    /** From here on the handshake is that of the version. */
    public Transition begin() throws TlsAlertException {
        var suite = suite();
        // RFC 5246 §7.4.1.3: one of those in the client's list.
        if (!Compression.isAmong(hello(), compression()))
            throw Violation.COMPRESSION_NOT_OFFERED.exception(compression().name());
        past.requireOf(answer);
        PointFormats.requireUncompressed(answer.extensions());
        var transcript = Transcript.EMPTY.plus(offer.bytes()).plus(answerBytes);
        // RFC 5246 §7.4.1.3: the server resumes a session by saying the id that it was offered.
        var resumed = offered.filter(known -> Arrays.equals(known.session().id(), answer.sessionId()));
        return resumed.isPresent() ? resume(resumed.get(), suite, transcript) : full(suite, transcript);
    }

    private Transition full(Tls12Suite suite, Transcript transcript) throws TlsAlertException {
        Violation.NO_SESSION_TO_RESUME.when(config.sessions().newSessions() == NewSessions.REFUSED);
        var agreement = agreement(
                suite, config.clock().now(), RecordLimits.answered(hello().extensions(), answer.extensions()));
        return agreed(agreement, new WaitCertificate(agreement, statusPromised(), transcript));
    }

    /** RFC 5246 §7.3: both ends have the keys, and the server is the first to turn to them. */
    private Transition resume(ResumableSession known, Tls12Suite suite, Transcript transcript)
            throws TlsAlertException {
        var session = known.session();
        // RFC 5246 §7.4.1.3: the version and the suite of the session.
        if (!rules.version().equals(session.version()))
            throw Violation.RESUMED_WITH_OTHER_VERSION.exception(
                    rules.version() + " for a session of " + session.version());
        if (!suite.suite().equals(session.cipherSuite()))
            throw Violation.RESUMED_WITH_OTHER_SUITE.exception(
                    suite.suite() + " for a session of " + session.cipherSuite());
        if (!compression().equals(session.compression()))
            throw Violation.RESUMED_WITH_OTHER_COMPRESSION.exception(
                    compression() + " for a session of " + session.compression());
        var limits = RecordLimits.answered(hello().extensions(), answer.extensions());
        var agreement = agreement(suite, session.created(), limits.resuming(session.fragmentLength()))
                .withStatus(session.statusResponses());
        // RFC 7627 §5.3: resumed is with it what began with it, and without it what began without.
        Violation.EXTENDED_MASTER_SECRET_CHANGED.unless(
                agreement.extendedMasterSecret() == session.extendedMasterSecret());
        var secured = Secured.resuming(agreement, known.copy(), transcript);
        return agreed(agreement, WaitNewSessionTicket.orNone(secured, WaitResumedFinished::new))
                .report(secured.secretDerived());
    }

    private Transition agreed(Agreement agreement, HandshakeState next) {
        return agreement
                .heartbeats()
                .begin(past.agreed(Transition.to(next), rules.version(), agreement.limits()))
                .decode(rules.decoder(agreement.suite()));
    }

    private Tls12Suite suite() throws TlsAlertException {
        var chosen = answer.cipherSuite();
        // RFC 5246 §7.4.1.3: one of those in the client's list; its signalling values are not suites.
        var suite = Tls12Suite.of(chosen)
                .filter(known -> hello().cipherSuites().contains(chosen))
                .orElseThrow(() -> Violation.SUITE_NOT_OFFERED.exception(chosen.name()));
        rules.require(suite);
        return suite;
    }

    private Agreement agreement(Tls12Suite suite, Instant created, RecordLimits limits) throws TlsAlertException {
        // RFC 7627 §5.2: a full handshake goes on without the extension, for servers that do not have it.
        boolean encryptThenMac = answer.extensions().has(ExtensionType.ENCRYPT_THEN_MAC);
        // RFC 7366 §3: not in answer to a suite whose cipher is its own MAC.
        Violation.ENCRYPT_THEN_MAC_MISPLACED.when(encryptThenMac && !suite.isCbc());
        past.requireNoWeaker(suite, encryptThenMac);
        boolean extendedMasterSecret =
                answer.extensions().find(ExtendedMasterSecret.class).isPresent();
        var names = hello().extensions()
                .find(ServerNames.class)
                .map(ServerNames::hostNames)
                .orElse(List.of());
        var facts = new HandshakeFacts(rules.version(), suite.suite(), names, List.of(), applicationProtocol());
        var randoms = new HelloRandoms(hello().legacyVersion(), hello().random(), answer.random());
        return new Agreement(
                config,
                rules,
                suite,
                randoms,
                answer.sessionId(),
                encryptThenMac,
                extendedMasterSecret,
                limits,
                compression(),
                answer.extensions().has(ExtensionType.SESSION_TICKET),
                Heartbeats.answered(answer.extensions()),
                facts,
                created,
                past,
                answer.extensions().has(ExtensionType.RENEGOTIATION_INFO));
    }

    private boolean statusPromised() {
        return answer.extensions().has(ExtensionType.STATUS_REQUEST);
    }

    /** RFC 7301 §3.1: exactly one protocol, and one that the client offered. */
    private Optional<String> applicationProtocol() throws TlsAlertException {
        var chosen = answer.extensions()
                .find(ApplicationProtocols.class)
                .map(it -> it.names().get(0));
        boolean offered = past.protocolsToOffer(config.applicationProtocols())
                .containsAll(chosen.stream().toList());
        if (!offered) throw Violation.ALPN_NOT_OFFERED.exception(chosen.get());
        return chosen.or(past::applicationProtocol);
    }

    private CompressionMethod compression() {
        return new CompressionMethod(answer.compressionMethod());
    }

    private ClientHello hello() {
        return (ClientHello) offer.message();
    }
}
