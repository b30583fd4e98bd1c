package org.almosttls.message;

import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.SignatureScheme;

/** RFC 5246 §7.4.8: the client's signature over all handshake messages so far. */
public record CertificateVerify(SignatureScheme scheme, byte[] signature) implements HandshakeMessage {

    @Override
    public HandshakeType type() {
        return HandshakeType.CERTIFICATE_VERIFY;
    }
}
