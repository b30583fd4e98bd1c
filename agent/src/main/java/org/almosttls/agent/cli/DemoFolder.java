package org.almosttls.agent.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.agent.authority.ThrowAwayAuthority;

/** The temporary folder with the keys of the demo, in which its processes run. It is not deleted while it is filled. */
record DemoFolder(Path path) {

    static final String PASSWORD = "changeit";
    static final String AUTHORITY_PEM = "ca.pem";
    static final String TRUST_STORE = "ca.p12";
    static final String SERVER_STORE = "server.p12";

    static DemoFolder create() throws IOException {
        return new DemoFolder(Files.createTempDirectory("almost-tls-demo-"));
    }

    /** Makes an authority and one certificate for localhost, as PEM for curl and as PKCS #12 for Java. */
    synchronized void fill() throws GeneralSecurityException, IOException {
        ThrowAwayAuthority authority = new ThrowAwayAuthority();
        KeyPair serverKeys = ThrowAwayAuthority.newKeys();
        X509Certificate server = authority.forLocalhost(serverKeys);

        KeyStore trusted = emptyStore();
        trusted.setCertificateEntry("ca", authority.certificate());
        write(TRUST_STORE, trusted);

        KeyStore own = emptyStore();
        Certificate[] chain = {server, authority.certificate()};
        own.setKeyEntry("server", serverKeys.getPrivate(), PASSWORD.toCharArray(), chain);
        write(SERVER_STORE, own);

        Base64.Encoder base64 = Base64.getMimeEncoder(64, new byte[] {'\n'});
        String body = base64.encodeToString(authority.certificate().getEncoded());
        Files.writeString(
                path.resolve(AUTHORITY_PEM),
                "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n",
                StandardCharsets.US_ASCII);
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private void write(String name, KeyStore store) throws GeneralSecurityException, IOException {
        try (OutputStream out = Files.newOutputStream(path.resolve(name))) {
            store.store(out, PASSWORD.toCharArray());
        }
    }

    synchronized void delete() {
        if (!Files.exists(path)) return;
        try (Stream<Path> found = Files.walk(path)) {
            List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
            for (Path one : deepestFirst) Files.deleteIfExists(one);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + path, e);
        }
    }
}
