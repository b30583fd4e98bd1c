package org.almosttls.handshake.tls12;

import java.util.List;
import org.almosttls.handshake.LeafKey;
import org.almosttls.registry.SignatureScheme;

/** RFC 5246 §7.4.4, RFC 8422 §5.5: the kinds of client certificates in a CertificateRequest. */
public final class ClientCertificateType {

    private static final int RSA_SIGN = 1;
    private static final int ECDSA_SIGN = 64;

    private ClientCertificateType() {}

    /** The kind that a key of this type, in the platform's words, falls under; EdDSA goes with ECDSA. */
    public static int of(String keyType) {
        return keyType.startsWith("RSA") ? RSA_SIGN : ECDSA_SIGN;
    }

    /** The kinds whose signatures these schemes can verify. */
    public static List<Integer> of(List<SignatureScheme> schemes) {
        return schemes.stream()
                .flatMap(scheme -> LeafKey.typeOf(scheme).stream())
                .map(ClientCertificateType::of)
                .distinct()
                .toList();
    }
}
