package org.almosttls.agent.upgrade;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.almosttls.agent.options.UpgradeOptions;
import org.almosttls.agent.options.UpgradeOptions.StoreFile;

/** The keys and certificates that the options name. What is wrong with a file is said with its name, never with a password. */
final class Stores {

    private static final String PEM = "-----BEGIN CERTIFICATE-----";

    private final UpgradeOptions options;

    Stores(UpgradeOptions options) {
        this.options = options;
    }

    KeyManager[] keys() throws GeneralSecurityException {
        StoreFile file = options.keys().orElseThrow();
        char[] password = password(file);
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
            factory.init(open(file, password), password);
            return factory.getKeyManagers();
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    TrustManager[] trust() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(options.trust().isPresent() ? trusted(options.trust().get()) : null);
        TrustManager[] managers = factory.getTrustManagers();
        boolean any = options.peers().isEmpty() || options.peers().contains("any");
        return any
                ? managers
                : new TrustManager[] {new NamedPeers((X509ExtendedTrustManager) managers[0], options.peers())};
    }

    private static KeyStore trusted(StoreFile file) throws GeneralSecurityException {
        try {
            byte[] bytes = Files.readAllBytes(Path.of(file.file()));
            if (!new String(bytes, StandardCharsets.US_ASCII).contains(PEM)) return open(file, password(file));
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            var all = CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes));
            for (Certificate certificate : all) store.setCertificateEntry("trusted-" + store.size(), certificate);
            return store;
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private static KeyStore open(StoreFile file, char[] password) throws GeneralSecurityException {
        try {
            return KeyStore.getInstance(new File(file.file()), password);
        } catch (IOException | IllegalArgumentException e) {
            throw unusable(file, e);
        }
    }

    private static KeyStoreException unusable(StoreFile file, Exception why) {
        return new KeyStoreException("cannot read \"" + file.file() + "\": " + why.getMessage(), why);
    }

    private static char[] password(StoreFile store) throws GeneralSecurityException {
        if (store.passwordFile().isEmpty()) return store.password().orElse("").toCharArray();
        String name = store.passwordFile().get();
        try {
            List<String> lines = Files.readAllLines(Path.of(name));
            return lines.isEmpty() ? new char[0] : lines.get(0).toCharArray();
        } catch (IOException e) {
            throw new KeyStoreException("cannot read \"" + name + "\", which has the password of " + store, e);
        }
    }
}
