package org.almosttls.message;

import java.util.List;
import org.almosttls.extension.Extensions;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.ProtocolVersion;

/** RFC 5246 §7.4.1.2: what the client offers; random is 32 octets, sessionId 0 to 32. */
public record ClientHello(
        ProtocolVersion legacyVersion,
        byte[] random,
        byte[] sessionId,
        List<CipherSuite> cipherSuites,
        byte[] compressionMethods,
        Extensions extensions)
        implements HandshakeMessage {

    @Override
    public HandshakeType type() {
        return HandshakeType.CLIENT_HELLO;
    }
}
