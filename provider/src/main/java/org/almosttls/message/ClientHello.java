package org.almosttls.message;

import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.extension.Extension;
import org.almosttls.extension.ExtensionDecoder;
import org.almosttls.extension.Extensions;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 5246 §7.4.1.2: what the client offers; random is 32 octets, sessionId 0 to 32. */
public record ClientHello(
        ProtocolVersion legacyVersion,
        byte[] random,
        byte[] sessionId,
        List<CipherSuite> cipherSuites,
        byte[] compressionMethods,
        Extensions extensions)
        implements HandshakeMessage {

    /** The same with other extensions. */
    public ClientHello with(List<Extension> others) {
        return new ClientHello(
                legacyVersion, random, sessionId, cipherSuites, compressionMethods, Extensions.of(others));
    }

    @Override
    public HandshakeType type() {
        return HandshakeType.CLIENT_HELLO;
    }

    static ClientHello decode(WireReader in) throws TlsAlertException {
        return new ClientHello(
                new ProtocolVersion(in.uint16()),
                in.opaque(32),
                in.opaque8(0, 32),
                in.list16(2, each -> new CipherSuite(each.uint16())),
                in.opaque8(1),
                Extensions.decode(in, ExtensionDecoder.CLIENT_HELLO));
    }

    @Override
    public void encode(WireWriter out) {
        out.uint16(legacyVersion.code()).opaque(random).opaque8(sessionId);
        out.list16(cipherSuites, suite -> out.uint16(suite.code())).opaque8(compressionMethods);
        extensions.encode(out);
    }
}
