package org.almosttls.message;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.extension.ExtensionDecoder;
import org.almosttls.extension.Extensions;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

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

    static ServerHello decode(WireReader in) throws TlsAlertException {
        return new ServerHello(
                new ProtocolVersion(in.uint16()),
                in.opaque(32),
                in.opaque8(0, 32),
                new CipherSuite(in.uint16()),
                in.uint8(),
                Extensions.decode(in, ExtensionDecoder.SERVER_HELLO));
    }

    @Override
    public void encode(WireWriter out) {
        out.uint16(legacyVersion.code()).opaque(random).opaque8(sessionId);
        out.uint16(cipherSuite.code()).uint8(compressionMethod);
        extensions.encode(out);
    }
}
