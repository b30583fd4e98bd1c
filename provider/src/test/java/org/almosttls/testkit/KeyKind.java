package org.almosttls.testkit;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Every kind of key that a certificate may have here, by the names of algorithms and curves. */
public enum KeyKind {
    RSA("RSA", "2048"),
    RSASSA_PSS("RSASSA-PSS", "2048"),
    P256("EC", "secp256r1"),
    P384("EC", "secp384r1"),
    P521("EC", "secp521r1"),
    ED25519("Ed25519", ""),
    ED448("Ed448", "");

    /** RFC 4346 §7.4.2: before TLS 1.2 the key of a certificate and that of its CA are of one kind. */
    private static final TestAuthority RSA_CA = new TestAuthority("AlmostTLS Test RSA CA", "SHA256withRSA");

    private static final Map<String, TestIdentity> MADE = new ConcurrentHashMap<>();

    private final String algorithm;
    private final String parameters;

    KeyKind(String algorithm, String parameters) {
        this.algorithm = algorithm;
        this.parameters = parameters;
    }

    public static Optional<KeyKind> named(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.toString().equals(name))
                .findAny();
    }

    /** For {@link TestCertificates#HOST}, made once. */
    public TestIdentity server() {
        return MADE.computeIfAbsent(
                this + " server",
                name -> issue(name).names(TestCertificates.HOST, "127.0.0.1").identity());
    }

    /** Made once. */
    public TestIdentity client() {
        return MADE.computeIfAbsent(this + " client", name -> issue(name).identity());
    }

    private TestAuthority.Issue issue(String name) {
        var ca = algorithm.startsWith("RSA") ? RSA_CA : TestCertificates.authority();
        return ca.issue(name).key(algorithm, parameters);
    }

    @Override
    public String toString() {
        return algorithm.equals("EC") ? parameters : algorithm;
    }
}
