package sample.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A certificate authority and what it issues, in a folder that the caller throws away.
 *
 * <p>All key stores are PKCS #12 under {@link #PASSWORD}, with one entry each. Keys are made by {@code keytool} when
 * they are first asked for in a JVM; to make them takes longer than most of what is done with them.
 */
public final class ThrowAwayKeys {

    /** Of every key store and key. */
    public static final String PASSWORD = "throw-away";

    private static final String LOCALHOST = "san=dns:localhost,ip:127.0.0.1";
    private static final List<String> RSA = List.of("-keyalg", "RSA", "-keysize", "2048");
    private static final List<String> EC = List.of("-keyalg", "EC", "-groupname", "secp256r1");

    private static final Set<String> MADE = new HashSet<>();
    private static byte[] store = {};

    private final Path folder;
    private final Path authority;

    private ThrowAwayKeys(Path folder) {
        this.folder = folder;
        this.authority = folder.resolve("authority.p12");
    }

    /** Puts the authority, its trust store and its PEM file into an existing folder. */
    public static ThrowAwayKeys in(Path folder) {
        var keys = new ThrowAwayKeys(folder);
        keys.make("ca", "CN=Throw-away CA", RSA, List.of("-ext", "bc:c", "-ext", "ku=keyCertSign,cRLSign"));
        keys.publish();
        return keys;
    }

    /** A key store with an RSA key of 2048 bits and a certificate for {@code localhost} and 127.0.0.1. */
    public Path serverRsa() {
        return issue("server-rsa", "CN=localhost", RSA, "ku=digitalSignature,keyEncipherment", "eku=sA", LOCALHOST);
    }

    /** A key store with a P-256 key and a certificate for {@code localhost} and 127.0.0.1. */
    public Path serverEc() {
        return issue("server-ec", "CN=localhost", EC, "ku=digitalSignature", "eku=sA", LOCALHOST);
    }

    /** A key store with an RSA key and a certificate for a host that is not ours. */
    public Path serverOfAnotherName() {
        return issue("server-elsewhere", "CN=elsewhere.example", RSA, "eku=sA", "san=dns:elsewhere.example");
    }

    /** A key store with a P-256 key and a certificate for {@code localhost} that was good until three days ago. */
    public Path serverExpired() {
        Path file = folder.resolve("server-expired.p12");
        if (Files.exists(file)) {
            return file;
        }
        make("server-expired", "CN=localhost", EC, List.of("-signer", "ca", "-startdate", "-5d", "-ext", LOCALHOST));
        return split("server-expired", file);
    }

    /** A key store with a P-256 key and a certificate for {@code localhost} that serves clients as well as servers. */
    public Path either() {
        return issue("either", "CN=localhost", EC, "ku=digitalSignature", "eku=sA,cA", LOCALHOST);
    }

    /** A key store with a P-256 key and a certificate of the client {@code CN=client}. */
    public Path client() {
        return issue("client", "CN=client", EC, "ku=digitalSignature", "eku=cA");
    }

    /** A trust store with the authority's certificate. */
    public Path trustStore() {
        return folder.resolve("trust.p12");
    }

    /** The authority's certificate as PEM, as {@code curl --cacert} wants it. */
    public Path caPem() {
        return folder.resolve("ca.pem");
    }

    /** The JVM arguments that make the authority the only one trusted. */
    public List<String> trustArguments() {
        return arguments("trustStore", trustStore());
    }

    /** The JVM arguments that make a key store the JVM's own. */
    public static List<String> keyArguments(Path keyStore) {
        return arguments("keyStore", keyStore);
    }

    private static List<String> arguments(String store, Path file) {
        String property = "-Djavax.net.ssl." + store;
        return List.of(property + "=" + file, property + "Password=" + PASSWORD, property + "Type=PKCS12");
    }

    private Path issue(String alias, String name, List<String> kind, String... extensions) {
        Path file = folder.resolve(alias + ".p12");
        if (Files.exists(file)) {
            return file;
        }
        List<String> options = new ArrayList<>(List.of("-signer", "ca"));
        for (String extension : extensions) {
            options.addAll(List.of("-ext", extension));
        }
        make(alias, name, kind, options);
        return split(alias, file);
    }

    private void make(String alias, String name, List<String> kind, List<String> options) {
        List<String> words = new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-dname", name, "-validity", "2"));
        words.addAll(kind);
        words.addAll(options);
        words.addAll(List.of("-storetype", "PKCS12", "-keystore", authority.toString(), "-storepass", PASSWORD));
        try {
            addUnlessMade(alias, words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was made in one folder is there in the others. */
    private void addUnlessMade(String alias, List<String> words) throws IOException {
        synchronized (MADE) {
            if (!MADE.isEmpty()) Files.write(authority, store);
            if (MADE.contains(alias)) return;
            JdkTool.run(folder, "keytool", words);
            store = Files.readAllBytes(authority);
            MADE.add(alias);
        }
    }

    /** Copies one entry out of the authority's store, whose other keys are nobody else's business. */
    private Path split(String alias, Path file) {
        try {
            KeyStore all = KeyStore.getInstance(authority.toFile(), PASSWORD.toCharArray());
            KeyStore one = emptyStore();
            var key = all.getKey(alias, PASSWORD.toCharArray());
            one.setKeyEntry(alias, key, PASSWORD.toCharArray(), all.getCertificateChain(alias));
            return save(one, file);
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError("cannot split the key store of " + alias, e);
        }
    }

    private void publish() {
        try {
            Certificate ca = KeyStore.getInstance(authority.toFile(), PASSWORD.toCharArray())
                    .getCertificate("ca");
            KeyStore trust = emptyStore();
            trust.setCertificateEntry("ca", ca);
            save(trust, trustStore());
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(ca.getEncoded());
            Files.writeString(caPem(), "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError("cannot publish the authority", e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Path save(KeyStore store, Path file) throws GeneralSecurityException, IOException {
        try (var out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }
}
