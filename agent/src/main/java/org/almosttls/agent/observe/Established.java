package org.almosttls.agent.observe;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.almosttls.agent.observe.Surface.Asked;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.event.TlsEvent.Hidden;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.CompressionMethod;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Role;

/**
 * A finished handshake of another stack: what its public API says of it while it is the last one. What passed says more.
 *
 * @param countsRecords whether each call on it moves one record
 */
record Established(
        Role role,
        boolean asksClient,
        boolean countsRecords,
        String protocol,
        String cipherSuite,
        Instant created,
        List<X509Certificate> peerChain,
        List<X509Certificate> localChain,
        Optional<String> applicationProtocol) {

    private static final int PLAIN_RECORD = 1 << 14;
    private static final String LAST = "TLSv1.3";
    private static final String UNSAID = "";

    /** What nobody knows of an engine that was made for no peer, until its channel is found. */
    static final Hidden HIDDEN_PEER = new Hidden(List.of("network.peer.address", "network.peer.port"));

    /** What nobody sees of a handshake that goes under the protection of another one. */
    static final Hidden HIDDEN_OF_RENEGOTIATIONS = new Hidden(List.of("almosttls.group", "almosttls.scheme"));

    /** The same of one that failed. */
    static Hidden hiddenFrom(WatchedHandshake seen) {
        boolean is13 = seen.version().filter(ProtocolVersion.TLS_1_3::equals).isPresent();
        return new Hidden(
                is13
                        ? List.of(
                                "almosttls.client.chain",
                                "almosttls.client_authentication",
                                "almosttls.scheme",
                                "almosttls.server.chain")
                        : List.of());
    }

    /** Empty if the stack says that it has no session; one that fails to answer may have one, of which what passed tells. */
    static Optional<Established> of(Surface surface, boolean countsRecords, boolean sendsNobody) {
        Optional<SSLSession> session = surface.session();
        String protocol = session.flatMap(of -> Asked.answer(of::getProtocol)).orElse(UNSAID);
        if (!protocol.equals(UNSAID) && !isKnown(protocol)) return Optional.empty();
        long created = session.flatMap(of -> Asked.answer(of::getCreationTime)).orElse(0L);
        return Optional.of(new Established(
                surface.role(),
                surface.asksClient(),
                countsRecords,
                protocol,
                session.flatMap(of -> Asked.answer(of::getCipherSuite)).orElse(UNSAID),
                Instant.ofEpochMilli(Math.max(0, created)),
                sendsNobody ? List.of() : session.map(Established::peerChain).orElse(List.of()),
                session.flatMap(of -> Asked.answer(of::getLocalCertificates))
                        .map(Established::chain)
                        .orElse(List.of()),
                surface.applicationProtocol()));
    }

    /** What most are need not be looked for. */
    private static boolean isKnown(String protocol) {
        return LAST.equals(protocol) || ProtocolVersion.named(protocol).isPresent();
    }

    private static List<X509Certificate> peerChain(SSLSession session) {
        try {
            return chain(session.getPeerCertificates());
        } catch (SSLPeerUnverifiedException | RuntimeException | LinkageError nobody) {
            return List.of();
        }
    }

    private static List<X509Certificate> chain(Certificate[] certificates) {
        if (certificates == null) return List.of();
        var chain = new ArrayList<X509Certificate>(certificates.length);
        for (Certificate each : certificates) if (each instanceof X509Certificate known) chain.add(known);
        return Collections.unmodifiableList(chain);
    }

    /** RFC 8446 §4.6: whether no handshake can follow. */
    boolean isLast() {
        return protocol.equals(LAST);
    }

    /** Empty if nobody knows the version or the suite. */
    Optional<NegotiatedSession> negotiated(WatchedHandshake seen) {
        var version = seen.version().or(() -> ProtocolVersion.named(protocol));
        return seen.cipherSuite()
                .or(() -> CipherSuite.named(cipherSuite))
                .filter(suite -> version.isPresent())
                .map(suite -> new NegotiatedSession(
                        version.get(),
                        suite,
                        seen.sessionId(),
                        created,
                        seen.group(),
                        seen.scheme(),
                        List.of(),
                        seen.extendsMasterSecret(),
                        PLAIN_RECORD,
                        CompressionMethod.NULL,
                        peerChain,
                        localChain,
                        List.of(),
                        applicationProtocol,
                        List.of()));
    }

    Hidden hidden(NegotiatedSession known, WatchedHandshake seen) {
        var fields = new ArrayList<String>();
        boolean is13 = known.version().equals(ProtocolVersion.TLS_1_3);
        if (!seen.isSeen())
            fields.addAll(List.of(
                    "almosttls.group",
                    "almosttls.ja4",
                    "almosttls.scheme",
                    "tls.client.ja3",
                    "tls.client.supported_ciphers",
                    "tls.server.ja3s"));
        if (is13 && !seen.resumes13()) fields.add("almosttls.scheme");
        if (is13) fields.add("almosttls.key_updates");
        if (!seen.isSeen() || is13 && !countsRecords) fields.add("almosttls.records");
        if ((is13 || !seen.isSeen()) && !knowsClient()) fields.add("almosttls.client_authentication");
        if (protocol.equals(UNSAID)) fields.addAll(List.of("almosttls.client.chain", "almosttls.server.chain"));
        else if (role == Role.SERVER && localChain.isEmpty()) fields.add("almosttls.server.chain");
        return new Hidden(fields);
    }

    private boolean knowsClient() {
        if (role == Role.CLIENT) return !localChain.isEmpty();
        return !peerChain.isEmpty() || !asksClient;
    }
}
