package org.almosttls.testkit;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;

/** Certificates and keys for tests, made once per run: a CA, servers for {@code localhost}, clients, and wrong ones. */
public final class TestCertificates {

    /** Where the servers are: names and addresses in their certificates. */
    public static final String HOST = "localhost";

    /** Protects the keys in every key store made here. */
    public static final char[] PASSWORD = "changeit".toCharArray();

    private static final TestAuthority CA = new TestAuthority("AlmostTLS Test CA");
    private static final TestAuthority UNKNOWN_CA = new TestAuthority("Nobody's CA");
    private static final String[] HERE = {HOST, "127.0.0.1", "0:0:0:0:0:0:0:1"};

    private TestCertificates() {}

    public static X509Certificate ca() {
        return CA.certificate();
    }

    public static TestAuthority authority() {
        return CA;
    }

    public static TestIdentity rsaServer() {
        return RsaServer.IDENTITY;
    }

    public static TestIdentity ecServer() {
        return EcServer.IDENTITY;
    }

    public static TestIdentity ecP384Server() {
        return CA.issue("EC P-384 server").names(HERE).ec("secp384r1").identity();
    }

    public static TestIdentity ed25519Server() {
        return CA.issue("Ed25519 server").names(HERE).ed25519().identity();
    }

    /** With an RSA key that is for PSS alone. */
    public static TestIdentity rsaPssServer() {
        return RsaPssServer.IDENTITY;
    }

    /** An RSA client of the CA. */
    public static TestIdentity rsaClient() {
        return RsaClient.IDENTITY;
    }

    /** An EC client of the CA. */
    public static TestIdentity ecClient() {
        return EcClient.IDENTITY;
    }

    /** An RSA server whose certificate limits its key to these bits of BouncyCastle's KeyUsage. */
    public static TestIdentity rsaServer(int usage) {
        return CA.issue("Limited RSA server").names(HERE).rsa(2048).usage(usage).identity();
    }

    /** Right but for the date: it expired yesterday. */
    public static TestIdentity expiredServer() {
        return CA.issue("Expired server")
                .names(HERE)
                .ec("secp256r1")
                .expired(Duration.ofDays(1))
                .identity();
    }

    /** Right but for the name: it is for {@code wrong.example}. */
    public static TestIdentity wrongHostServer() {
        return CA.issue("Wrong server").names("wrong.example").ec("secp256r1").identity();
    }

    /** Right but for its key, which the platform's lists of disabled algorithms do not permit. */
    public static TestIdentity weakKeyServer() {
        return CA.issue("Weak server").names(HERE).rsa(768).identity();
    }

    /** Right but for its CA, which {@link #trustStore} does not hold. */
    public static TestIdentity unknownCaServer() {
        return UNKNOWN_CA.issue("Unknown server").names(HERE).ec("secp256r1").identity();
    }

    /** The same with an RSA key. */
    public static TestIdentity unknownCaRsaServer() {
        return UNKNOWN_CA.issue("Unknown RSA server").names(HERE).rsa(2048).identity();
    }

    /** Right for AlmostTLSv1 but for the name: it is for {@code wrong.example}. */
    public static TestIdentity wrongHostRsaServer() {
        return CA.issue("Wrong RSA server").names("wrong.example").rsa(2048).identity();
    }

    /** A client of a CA that {@link #trustStore} does not hold. */
    public static TestIdentity unknownCaClient() {
        return UNKNOWN_CA.issue("Unknown client").names().ec("secp256r1").identity();
    }

    /** Trusts the CA and nobody else. */
    public static KeyStore trustStore() {
        return trustStore(ca());
    }

    /** Trusts these certificates and nobody else. */
    public static KeyStore trustStore(X509Certificate... anchors) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < anchors.length; i++) store.setCertificateEntry("anchor" + i, anchors[i]);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class RsaServer {
        static final TestIdentity IDENTITY =
                CA.issue("RSA server").names(HERE).rsa(2048).identity();
    }

    private static final class RsaPssServer {
        static final TestIdentity IDENTITY =
                CA.issue("RSA-PSS server").names(HERE).rsaPss(2048).identity();
    }

    private static final class EcServer {
        static final TestIdentity IDENTITY =
                CA.issue("EC server").names(HERE).ec("secp256r1").identity();
    }

    private static final class RsaClient {
        static final TestIdentity IDENTITY =
                CA.issue("RSA client").names().rsa(2048).identity();
    }

    private static final class EcClient {
        static final TestIdentity IDENTITY =
                CA.issue("EC client").names().ec("secp256r1").identity();
    }
}
