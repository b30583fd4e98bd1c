package org.almosttls.jsse;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import org.almosttls.config.HandshakeFacts;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.engine.TlsConnection;
import org.almosttls.registry.SignatureScheme;

/**
 * What a session can tell of its connection so far.
 *
 * @param fragmentLength the most octets of application data in a record of any connection with this session
 * @param statusResponses for the server's certificate, DER
 */
record SessionFacts(
        String protocol,
        String cipherSuite,
        byte[] id,
        List<X509Certificate> peerChain,
        List<X509Certificate> localChain,
        List<SNIServerName> serverNames,
        List<SignatureScheme> peerSchemes,
        Optional<String> applicationProtocol,
        int fragmentLength,
        List<byte[]> statusResponses) {

    /** Before any agreement. */
    static final SessionFacts NONE = new SessionFacts(
            "NONE",
            "SSL_NULL_WITH_NULL_NULL",
            new byte[0],
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            TlsConnection.MAX_PLAINTEXT,
            List.of());

    static SessionFacts of(HandshakeFacts facts) {
        return new SessionFacts(
                facts.version().jsseName(),
                facts.cipherSuite().name(),
                new byte[0],
                List.of(),
                List.of(),
                serverNames(facts.serverNames()),
                facts.peerSchemes(),
                facts.applicationProtocol(),
                TlsConnection.MAX_PLAINTEXT,
                facts.statusResponses());
    }

    static SessionFacts of(NegotiatedSession session) {
        return new SessionFacts(
                session.version().jsseName(),
                session.cipherSuite().name(),
                session.id(),
                session.peerChain(),
                session.localChain(),
                serverNames(session.serverNames()),
                session.peerSchemes(),
                session.applicationProtocol(),
                session.fragmentLength(),
                session.statusResponses());
    }

    private static List<SNIServerName> serverNames(List<String> names) {
        return names.stream().flatMap(name -> hostName(name).stream()).toList();
    }

    /** A name as JSSE has it, if it is one that JSSE can have. */
    static Optional<SNIServerName> hostName(String name) {
        try {
            return Optional.of(new SNIHostName(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
