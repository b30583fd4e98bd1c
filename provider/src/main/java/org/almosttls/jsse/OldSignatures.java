package org.almosttls.jsse;

import java.util.List;
import java.util.Optional;
import org.almosttls.registry.SignatureScheme;

/** RFC 4346 §7.4.3: how TLS 1.1 signs, which it does not say; where that is ruled out, so is the version. */
final class OldSignatures {

    private static final List<SignatureScheme> BY_NAME =
            List.of(SignatureScheme.RSA_PKCS1_SHA1, SignatureScheme.ECDSA_SHA1);

    private OldSignatures() {}

    /** @param schemes that are left of those with names */
    static boolean areLeft(DisabledAlgorithms disabled, List<SignatureScheme> schemes) {
        return against(disabled).isEmpty() && BY_NAME.stream().anyMatch(schemes::contains);
    }

    /** The entry against RSA's, which has no other name. */
    static Optional<String> against(DisabledAlgorithms disabled) {
        return disabled.against(SignatureScheme.RSA_PKCS1_MD5_SHA1);
    }
}
