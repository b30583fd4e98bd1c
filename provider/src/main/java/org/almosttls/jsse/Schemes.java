package org.almosttls.jsse;

import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.util.List;
import java.util.Locale;
import org.almosttls.registry.Role;
import org.almosttls.registry.SignatureScheme;

/**
 * The signatures that one role takes, as newer platforms tell them apart: {@code rsa_pkcs1_sha1 usage
 * HandshakeSignature} among the disabled algorithms leaves certificates be.
 */
record Schemes(List<SignatureScheme> inHandshakes, List<SignatureScheme> inCertificates) {

    static final Schemes NONE = new Schemes(List.of(), List.of());

    /** By the platform's property for the role; as the platform, if nothing in it is known, all is meant. */
    static Schemes of(Role role, DisabledAlgorithms disabled) {
        var wanted = Preferences.words("jdk.tls." + role.name().toLowerCase(Locale.ROOT) + ".SignatureSchemes").stream()
                .flatMap(name -> SignatureScheme.named(name).stream())
                .filter(SignatureNames.PREFERENCE::contains)
                .toList();
        var all = (wanted.isEmpty() ? SignatureNames.PREFERENCE : wanted)
                .stream().filter(Schemes::isProvided).toList();
        return new Schemes(
                all.stream().filter(disabled::permits).toList(),
                all.stream().filter(disabled::permitsInCertificates).toList());
    }

    /** Whether a provider of this JVM has it: chains are judged by the platform. Java 17 has no ML-DSA of its own. */
    private static boolean isProvided(SignatureScheme scheme) {
        try {
            Signature.getInstance(SignatureNames.of(scheme));
            return true;
        } catch (NoSuchAlgorithmException missing) {
            return false;
        }
    }
}
