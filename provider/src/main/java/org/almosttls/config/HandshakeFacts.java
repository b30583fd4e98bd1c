package org.almosttls.config;

import java.util.List;
import java.util.Optional;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;

/**
 * What is agreed and known while the handshake still runs, for those who judge or choose certificates.
 *
 * @param serverNames the host names the client asked for, at either end
 * @param peerSchemes the signature schemes the peer says it verifies in certificates
 * @param applicationProtocol what ALPN has chosen, as far as it has by now
 * @param statusResponses what the server's CertificateStatus brought (RFC 6066 §8), DER, for its own certificate
 */
public record HandshakeFacts(
        ProtocolVersion version,
        CipherSuite cipherSuite,
        List<String> serverNames,
        List<SignatureScheme> peerSchemes,
        Optional<String> applicationProtocol,
        List<byte[]> statusResponses) {

    /** Without a word on the server's certificate. */
    public HandshakeFacts(
            ProtocolVersion version,
            CipherSuite cipherSuite,
            List<String> serverNames,
            List<SignatureScheme> peerSchemes,
            Optional<String> applicationProtocol) {
        this(version, cipherSuite, serverNames, peerSchemes, applicationProtocol, List.of());
    }

    public HandshakeFacts withStatus(List<byte[]> responses) {
        return new HandshakeFacts(version, cipherSuite, serverNames, peerSchemes, applicationProtocol, responses);
    }

    /** The same once ALPN has chosen. */
    public HandshakeFacts choosing(Optional<String> protocol) {
        return new HandshakeFacts(version, cipherSuite, serverNames, peerSchemes, protocol, statusResponses);
    }
}
