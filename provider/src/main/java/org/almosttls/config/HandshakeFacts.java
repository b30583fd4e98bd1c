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
 * @param peerSchemes the signature schemes the peer says it verifies
 * @param applicationProtocol what ALPN has chosen, as far as it has by now
 */
public record HandshakeFacts(
        ProtocolVersion version,
        CipherSuite cipherSuite,
        List<String> serverNames,
        List<SignatureScheme> peerSchemes,
        Optional<String> applicationProtocol) {}
