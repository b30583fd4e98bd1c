package org.almosttls.testkit;

import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.almosttls.registry.SignatureScheme;

/** Certificates with keys of ML-DSA, of a CA that signs by it too; the platform has had it since Java 24. */
public final class PostQuantum {

    public static final List<SignatureScheme> SCHEMES =
            List.of(SignatureScheme.MLDSA65, SignatureScheme.MLDSA87, SignatureScheme.MLDSA44);

    private static final Map<SignatureScheme, String> ALGORITHMS = Map.of(
            SignatureScheme.MLDSA44, "ML-DSA-44",
            SignatureScheme.MLDSA65, "ML-DSA-65",
            SignatureScheme.MLDSA87, "ML-DSA-87");

    private static final Map<String, TestAuthority> AUTHORITIES = new ConcurrentHashMap<>();
    private static final Map<String, TestIdentity> MADE = new ConcurrentHashMap<>();

    private PostQuantum() {}

    /** Whether a provider of this JVM has it. */
    public static boolean isThere() {
        try {
            Signature.getInstance("ML-DSA-65");
            return true;
        } catch (NoSuchAlgorithmException missing) {
            return false;
        }
    }

    public static TestAuthority authority(SignatureScheme scheme) {
        return AUTHORITIES.computeIfAbsent(
                ALGORITHMS.get(scheme), algorithm -> new TestAuthority(algorithm + " CA", algorithm));
    }

    /** For {@link TestCertificates#HOST}, made once. */
    public static TestIdentity server(SignatureScheme scheme) {
        return MADE.computeIfAbsent(
                scheme + " server",
                name -> issue(scheme, name)
                        .names(TestCertificates.HOST, "127.0.0.1")
                        .identity());
    }

    /** Made once. */
    public static TestIdentity client(SignatureScheme scheme) {
        return MADE.computeIfAbsent(
                scheme + " client", name -> issue(scheme, name).identity());
    }

    private static TestAuthority.Issue issue(SignatureScheme scheme, String name) {
        return authority(scheme).issue(name).key(ALGORITHMS.get(scheme), "");
    }
}
