package org.almosttls.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Certificates and keys as files that other programs read; they vanish with the JVM. */
public final class PemFiles {

    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(64, new byte[] {'\n'});
    private static final Map<String, String> WRITTEN = new ConcurrentHashMap<>();

    private PemFiles() {}

    /** A file with these certificates. */
    public static String of(X509Certificate... certificates) {
        var pem = new StringBuilder();
        for (var each : certificates) pem.append(pem(each));
        return write(pem.toString());
    }

    /** A file with the whole chain, leaf first. */
    public static String chain(TestIdentity identity) {
        return of(identity.chain().toArray(X509Certificate[]::new));
    }

    /** A file with the private key, unencrypted. */
    public static String key(TestIdentity identity) {
        if (identity.key() instanceof java.security.interfaces.ECPrivateKey key)
            return write(pem("EC PRIVATE KEY", withPublicKey(key, identity.certificate())));
        return write(pem("PRIVATE KEY", identity.key().getEncoded()));
    }

    /** RFC 5915 §3: GnuTLS insists on the public key, which the platform leaves out. */
    private static byte[] withPublicKey(java.security.interfaces.ECPrivateKey key, X509Certificate certificate) {
        var known = SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded());
        int bits = key.getParams().getOrder().bitLength();
        try {
            var parameters = known.getAlgorithm().getParameters();
            return new ECPrivateKey(bits, key.getS(), known.getPublicKeyData(), parameters).getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file with these lines. */
    public static String lines(String... lines) {
        return write(String.join("\n", List.of(lines)) + "\n");
    }

    private static String pem(X509Certificate certificate) {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String what, byte[] content) {
        return "-----BEGIN " + what + "-----\n" + BASE64.encodeToString(content) + "\n-----END " + what + "-----\n";
    }

    private static String write(String content) {
        return WRITTEN.computeIfAbsent(content, PemFiles::writeNew);
    }

    private static String writeNew(String content) {
        try {
            Path file = Files.createTempFile("almosttls", ".pem");
            file.toFile().deleteOnExit();
            return Files.write(file, content.getBytes(StandardCharsets.US_ASCII))
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
