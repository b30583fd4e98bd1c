package org.almosttls.interop;

import java.util.List;
import java.util.stream.Stream;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;

/** Every pair of suite, curve of the certificate and group. */
enum Choice {
    ECDHE_RSA_AES128_X25519("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "RSA", "x25519"),
    ECDHE_RSA_AES128_P256("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "RSA", "secp256r1"),
    ECDHE_RSA_AES128_P384("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "RSA", "secp384r1"),
    ECDHE_RSA_AES256_X25519("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "RSA", "x25519"),
    ECDHE_RSA_AES256_P256("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "RSA", "secp256r1"),
    ECDHE_RSA_AES256_P384("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "RSA", "secp384r1"),
    ECDHE_P256_AES128_X25519("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "secp256r1", "x25519"),
    ECDHE_P256_AES256_P256("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "secp256r1", "secp256r1"),
    ECDHE_P256_AES128_P384("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "secp256r1", "secp384r1"),
    ECDHE_P384_AES256_X25519("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "secp384r1", "x25519"),
    ECDHE_P384_AES128_P256("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "secp384r1", "secp256r1"),
    ECDHE_P384_AES256_P384("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "secp384r1", "secp384r1"),
    ECDHE_RSA_CHACHA20_X25519("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "RSA", "x25519"),
    ECDHE_RSA_PSS_X25519("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "RSASSA-PSS", "x25519"),
    ECDHE_P256_CHACHA20_P521("TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "secp256r1", "secp521r1"),
    ECDHE_RSA_AES256_X448("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "RSA", "x448"),
    ECDHE_RSA_AES128_CBC_SHA256("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", "RSA", "secp256r1"),
    ECDHE_RSA_AES256_CBC_SHA("TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", "RSA", "x25519"),
    ECDHE_P256_AES256_CBC_SHA384("TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384", "secp256r1", "x25519"),
    DHE_RSA_AES128_FFDHE2048("TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", "RSA", "ffdhe2048"),
    DHE_RSA_AES256_CBC_FFDHE3072("TLS_DHE_RSA_WITH_AES_256_CBC_SHA256", "RSA", "ffdhe3072"),
    DHE_RSA_CHACHA20_FFDHE2048("TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "RSA", "ffdhe2048"),
    RSA_AES256_GCM("TLS_RSA_WITH_AES_256_GCM_SHA384", "RSA", ""),
    RSA_AES128_SHA256("TLS_RSA_WITH_AES_128_CBC_SHA256", "RSA", ""),
    RSA_AES128_SHA("TLS_RSA_WITH_AES_128_CBC_SHA", "RSA", "");

    final String suite;
    final String key;
    final String group;

    Choice(String suite, String key, String group) {
        this.suite = suite;
        this.key = key;
        this.group = group;
    }

    TestIdentity identity() {
        return switch (key) {
            case "RSA" -> TestCertificates.rsaServer();
            case "RSASSA-PSS" -> TestCertificates.rsaPssServer();
            case "secp256r1" -> TestCertificates.ecServer();
            default -> TestCertificates.ecP384Server();
        };
    }

    /** RFC 8422 §5.1.1: the curves of the certificate and of its CA must be among them. */
    List<String> groups() {
        if (group.isEmpty()) return List.of();
        return Stream.of(group, key, "secp256r1")
                .filter(it -> !it.startsWith("RSA"))
                .distinct()
                .toList();
    }

    boolean isOverAField() {
        return group.startsWith("ffdhe");
    }

    String scheme() {
        return group.isEmpty() ? "" : key.startsWith("RSA") ? "rsa_" : "ecdsa_";
    }
}
