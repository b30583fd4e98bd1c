package org.almosttls.message;

import java.util.List;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.SignatureScheme;

/** RFC 5246 §7.4.4: which client certificates the server takes; authorities are DER distinguished names. */
public record CertificateRequest(
        List<Integer> certificateTypes, List<SignatureScheme> schemes, List<byte[]> authorities)
        implements HandshakeMessage {

    @Override
    public HandshakeType type() {
        return HandshakeType.CERTIFICATE_REQUEST;
    }
}
