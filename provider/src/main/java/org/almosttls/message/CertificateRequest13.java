package org.almosttls.message;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.extension.ExtensionDecoder;
import org.almosttls.extension.Extensions;
import org.almosttls.registry.HandshakeType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/**
 * RFC 8446 §4.3.2: which client certificates the server takes, all of it said by extensions.
 *
 * @param requestContext empty in a handshake
 */
public record CertificateRequest13(byte[] requestContext, Extensions extensions) implements HandshakeMessage {

    @Override
    public HandshakeType type() {
        return HandshakeType.CERTIFICATE_REQUEST;
    }

    static CertificateRequest13 decode(WireReader in) throws TlsAlertException {
        return new CertificateRequest13(
                in.opaque8(0), Extensions.decodePresent(in, 2, ExtensionDecoder.CERTIFICATE_REQUEST));
    }

    @Override
    public void encode(WireWriter out) {
        out.opaque8(requestContext);
        extensions.encodePresent(out);
    }
}
