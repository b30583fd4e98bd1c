package org.almosttls.message;

import org.almosttls.extension.Extensions;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.ProtocolVersion;

/** RFC 5246 §7.4.1.3: what the server chose. */
public record ServerHello(
        ProtocolVersion legacyVersion,
        byte[] random,
        byte[] sessionId,
        CipherSuite cipherSuite,
        int compressionMethod,
        Extensions extensions)
        implements HandshakeMessage {

    @Override
    public HandshakeType type() {
        return HandshakeType.SERVER_HELLO;
    }
}
