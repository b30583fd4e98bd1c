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
import org.almosttls.config.NegotiatedSession;
import org.almosttls.event.TlsEvent.Hidden;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.CompressionMethod;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Role;

/** A finished handshake of another stack: what passed, else what its public API says, else what nobody can know. */
record Established(Surface surface, SSLSession session, WatchedHandshake seen) {

    private static final int PLAIN_RECORD = 1 << 14;

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

    /** Empty if the stack has no session to show. */
    Optional<NegotiatedSession> negotiated() {
        if (ProtocolVersion.named(session.getProtocol()).isEmpty()) return Optional.empty();
        var version = seen.version().or(() -> ProtocolVersion.named(session.getProtocol()));
        var suite = seen.cipherSuite().or(() -> CipherSuite.named(session.getCipherSuite()));
        if (version.isEmpty() || suite.isEmpty()) return Optional.empty();
        return Optional.of(new NegotiatedSession(
                version.get(),
                suite.get(),
                seen.sessionId(),
                Instant.ofEpochMilli(Math.max(0, session.getCreationTime())),
                seen.group(),
                seen.scheme(),
                List.of(),
                seen.extendsMasterSecret(),
                PLAIN_RECORD,
                CompressionMethod.NULL,
                peerChain(),
                chain(session.getLocalCertificates()),
                List.of(),
                surface.applicationProtocol(),
                List.of()));
    }

    private List<X509Certificate> peerChain() {
        // Where there is nobody the session throws, which takes longer than all the rest.
        boolean isNobody = surface.role() == Role.SERVER && seen.isSeen() && !seen.resumes() && !surface.asksClient();
        if (isNobody) return List.of();
        try {
            return chain(session.getPeerCertificates());
        } catch (SSLPeerUnverifiedException nobody) {
            return List.of();
        }
    }

    private static List<X509Certificate> chain(Certificate[] certificates) {
        if (certificates == null) return List.of();
        var chain = new ArrayList<X509Certificate>(certificates.length);
        for (Certificate each : certificates) if (each instanceof X509Certificate known) chain.add(known);
        return Collections.unmodifiableList(chain);
    }

    /** @param countsRecords whether each call on it moves one record */
    Hidden hidden(NegotiatedSession known, boolean countsRecords) {
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
        if ((is13 || !seen.isSeen()) && !knowsClient(known)) fields.add("almosttls.client_authentication");
        if (surface.role() == Role.SERVER && known.localChain().isEmpty()) fields.add("almosttls.server.chain");
        return new Hidden(fields);
    }

    private boolean knowsClient(NegotiatedSession known) {
        if (surface.role() == Role.CLIENT) return !known.localChain().isEmpty();
        return !known.peerChain().isEmpty() || !surface.asksClient();
    }
}
