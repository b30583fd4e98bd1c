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
        return write(pem("PRIVATE KEY", identity.key().getEncoded()));
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
