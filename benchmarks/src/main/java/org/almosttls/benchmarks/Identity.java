package org.almosttls.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.almosttls.AlmostTlsProvider;

/**
 * A key with a certificate for this machine that an authority has signed, in a file that each fork is told of. Both ends
 * show it, and trust the authority: who trusts the certificate itself has nothing to verify.
 */
final class Identity {

    static final String PASSWORD = "throw-away";
    static final String PROPERTY = "benchmarks.identity";

    private static final String OWN = "own";
    private static final String AUTHORITY = "ca";

    private Identity() {}

    static void make(Path file) throws IOException, InterruptedException {
        keytool(
                "-genkeypair -alias " + AUTHORITY + " -dname CN=authority -ext bc:c -keyalg EC -groupname secp256r1",
                file);
        keytool(
                "-genkeypair -alias " + OWN + " -signer " + AUTHORITY + " -signerkeypass " + PASSWORD
                        + " -keyalg EC -groupname secp256r1"
                        + " -dname CN=localhost -ext san=dns:localhost,ip:127.0.0.1",
                file);
        Path certificate = file.resolveSibling("ca.crt");
        keytool("-exportcert -alias " + AUTHORITY + " -file " + certificate, file);
        keytool("-delete -alias " + AUTHORITY, file);
        keytool("-importcert -noprompt -alias " + AUTHORITY + " -file " + certificate, file);
    }

    private static void keytool(String words, Path file) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(Arrays.asList(words.split(" ")));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", file.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) throw new IOException("keytool failed");
    }

    /**
     * For both ends, of the provider with that name. The key manager is the one that applications get who do not say which:
     * the platform's other one takes a key out of its store anew for each handshake, which takes as long as that.
     */
    static SSLContext context(String provider) throws IOException, GeneralSecurityException {
        char[] password = PASSWORD.toCharArray();
        KeyStore store =
                KeyStore.getInstance(Path.of(System.getProperty(PROPERTY)).toFile(), password);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(authority(store.getCertificate(AUTHORITY)));
        SSLContext context = provider.equals("AlmostTLS")
                ? SSLContext.getInstance("TLS", new AlmostTlsProvider())
                : SSLContext.getInstance("TLS", provider);
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore authority(Certificate certificate) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry(AUTHORITY, certificate);
        return store;
    }
}
