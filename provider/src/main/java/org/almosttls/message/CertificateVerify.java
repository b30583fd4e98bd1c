package org.almosttls.message;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/**
 * RFC 5246 §7.4.8, RFC 4346 §7.4.8: the client's signature over all handshake messages so far.
 *
 * @param scheme {@code NOT_SAID} before TLS 1.2
 */
public record CertificateVerify(SignatureScheme scheme, byte[] signature) implements HandshakeMessage {

    @Override
    public HandshakeType type() {
        return HandshakeType.CERTIFICATE_VERIFY;
    }

    static CertificateVerify decode(WireReader in) throws TlsAlertException {
        return new CertificateVerify(new SignatureScheme(in.uint16()), in.opaque16(0));
    }

    /** RFC 4346 §7.4.8. */
    static CertificateVerify decodeOf11(WireReader in) throws TlsAlertException {
        return new CertificateVerify(SignatureScheme.NOT_SAID, in.opaque16(0));
    }

    @Override
    public void encode(WireWriter out) {
        if (scheme.isSaid()) out.uint16(scheme.code());
        out.opaque16(signature);
    }
}
