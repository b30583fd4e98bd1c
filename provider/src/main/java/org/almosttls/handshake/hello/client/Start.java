package org.almosttls.handshake.hello.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.SessionStore.NewSessions;
import org.almosttls.config.TlsConfig;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.EncryptThenMac;
import org.almosttls.extension.ExtendedMasterSecret;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.ServerNames;
import org.almosttls.extension.SessionTicket;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.extension.SignatureAlgorithmsCert;
import org.almosttls.extension.StatusRequest;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls12.Compression;
import org.almosttls.handshake.tls12.Heartbeats;
import org.almosttls.handshake.tls12.Past;
import org.almosttls.handshake.tls12.PointFormats;
import org.almosttls.handshake.tls12.RecordLimits;
import org.almosttls.handshake.tls12.Tls12Rules;
import org.almosttls.handshake.tls12.client.IgnoringHelloRequests;
import org.almosttls.message.ClientHello;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.KeyExchange;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.registry.Tls12Suite;

/** What a client says first (RFC 5246 §7.4.1.2): everything it is ready to do. */
public final class Start {

    private static final int RANDOM_LENGTH = 32;

    private Start() {}

    /** Sends ClientHello. */
    public static Transition begin(TlsConfig config, Past past) throws TlsAlertException {
        // RFC 5246 §E.1: the newest version that the client is ready to speak.
        var newest = Tls12Rules.newestOf(config.versions());
        return newest.isPresent() ? begin(newest.get().within(config), newest.get(), past) : nothing(config);
    }

    private static Transition nothing(TlsConfig config) throws TlsAlertException {
        throw Violation.NOTHING_TO_OFFER.exception(
                "versions " + config.versions() + ", suites " + config.cipherSuites());
    }

    private static Transition begin(TlsConfig config, Tls12Rules newest, Past past) throws TlsAlertException {
        var suites = suites(config);
        if (suites.isEmpty()) return nothing(config);
        var resumable = past.mayResume() ? resumable(config, suites) : Optional.<ResumableSession>empty();
        byte[] sessionId = resumable.map(known -> known.session().id()).orElse(new byte[0]);
        var meant = new ClientHello(
                newest.version(),
                config.randomness().bytes(RANDOM_LENGTH),
                sessionId,
                suites,
                Compression.offer(config),
                Extensions.of(extensions(config, newest, suites, past, resumable)));
        var hello = HelloLength.padded(
                config.onRequest().has(Feature.GREASE)
                        ? Grease.drawn(config.randomness()).in(meant)
                        : meant);
        var begun = Transition.to(IgnoringHelloRequests.until(new WaitServerHello(config, hello, resumable, past)))
                .decode(HandshakeDecoder.HELLOS)
                .send(hello);
        return resumable.isPresent() ? begun.associate(sessionId) : begun;
    }

    /** The session to offer: RFC 5246 §7.4.1.2, and RFC 7627 §5.3 for extended master secret, which is always offered. */
    private static Optional<ResumableSession> resumable(TlsConfig config, List<CipherSuite> suites)
            throws TlsAlertException {
        var names = askableName(config).stream().toList();
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

    /** RFC 8422 §4: the suites of elliptic curves make no sense without a curve, nor any that signs without a scheme. */
    private static List<CipherSuite> suites(TlsConfig config) {
        boolean curves = config.groups().stream().anyMatch(group -> !group.isFiniteField());
        return config.cipherSuites().stream()
                .filter(suite -> Tls12Suite.of(suite)
                        .filter(known -> curves || known.keyExchange() != KeyExchange.ECDHE)
                        .filter(known -> !known.keyExchange().isEphemeral()
                                || !config.signatureSchemes().isEmpty())
                        .isPresent())
                .toList();
    }

    private static boolean offers(List<CipherSuite> suites, KeyExchange exchange) {
        return suites.stream()
                .flatMap(suite -> Tls12Suite.of(suite).stream())
                .anyMatch(known -> known.keyExchange() == exchange);
    }

    private static List<Extension> extensions(
            TlsConfig config,
            Tls12Rules newest,
            List<CipherSuite> suites,
            Past past,
            Optional<ResumableSession> resumable) {
        var all = new ArrayList<Extension>();
        past.serverName(askableName(config)).ifPresent(name -> all.add(new ServerNames(List.of(name))));
        all.addAll(RecordLimits.offer(config));
        if (config.stapling().asked()) all.add(StatusRequest.PLAIN);
        all.addAll(Heartbeats.offer(config));
        all.add(new ExtendedMasterSecret());
        if (suites.stream().flatMap(suite -> Tls12Suite.of(suite).stream()).anyMatch(Tls12Suite::isCbc))
            all.add(new EncryptThenMac());
        // RFC 5746 §3.4: the empty extension does in a first handshake what the signalling suite would.
        all.add(past.ofClient());
        ticket(config, resumable).ifPresent(all::add);
        boolean ecdhe = offers(suites, KeyExchange.ECDHE);
        // RFC 7919 §3: fields only beside suites that have a use for them.
        var groups = config.groups().stream()
                .filter(group -> offers(suites, group.isFiniteField() ? KeyExchange.DHE : KeyExchange.ECDHE))
                .toList();
        if (!groups.isEmpty()) all.add(new SupportedGroups(groups));
        if (ecdhe) all.add(PointFormats.ONLY_UNCOMPRESSED);
        var protocols = past.protocolsToOffer(config.applicationProtocols());
        if (!protocols.isEmpty()) all.add(new ApplicationProtocols(protocols));
        // RFC 5246 §7.4.1.4.1: without this extension a server would have to sign with SHA-1.
        var schemes = newest.said(config.signatureSchemes());
        if (!schemes.isEmpty()) all.addAll(signatures(schemes, newest.said(config.certificateSchemes())));
        return all;
    }

    /** RFC 8446 §4.2.3: who has the same policy for certificates may leave their list out. */
    private static List<Extension> signatures(List<SignatureScheme> schemes, List<SignatureScheme> ofCertificates) {
        var said = new SignatureAlgorithms(schemes);
        return ofCertificates.isEmpty() || ofCertificates.equals(schemes)
                ? List.of(said)
                : List.of(said, new SignatureAlgorithmsCert(ofCertificates));
    }

    /** RFC 5077 §3.2: the ticket there is, or an empty one to ask for one, if it could be kept. */
    private static Optional<SessionTicket> ticket(TlsConfig config, Optional<ResumableSession> resumable) {
        if (!config.sessions().usesTickets()) return Optional.empty();
        var known = resumable.flatMap(ResumableSession::ticket).map(ticket -> new SessionTicket(ticket.octets()));
        boolean asks = config.sessions().newSessions() == NewSessions.KEPT;
        return asks ? known.or(() -> Optional.of(SessionTicket.NONE_YET)) : known;
    }

    /** RFC 6066 §3: literal addresses are not permitted, nor is a trailing dot. */
    private static Optional<String> askableName(TlsConfig config) {
        return config.serverName()
                .map(name -> name.endsWith(".") ? name.substring(0, name.length() - 1) : name)
                .filter(name -> !name.isEmpty() && !isAddressLiteral(name));
    }

    private static boolean isAddressLiteral(String name) {
        return name.contains(":") || name.matches("[0-9.]+");
    }
}
