package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import org.almosttls.store.Reloading;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores that an application loads by itself, from files that {@code reload.stores} names. */
@Timeout(60)
class NamedStoresTest {

    private static final TestIdentity FORMER = TestCertificates.ecServer();
    private static final TestIdentity NEXT = TestCertificates.rsaServer();

    @TempDir
    private Path place;

    private StoreFolder folder;

    @BeforeEach
    void begin() {
        folder = new StoreFolder(place);
    }

    @AfterEach
    void clear() {
        StoreFolder.clearDefaults();
    }

    private String write(String name, KeyStore store) throws Exception {
        return folder.write(name, StoreFolder.octets(store)).toString();
    }

    private static KeyStore ofType(String type, TestIdentity identity) throws Exception {
        var store = KeyStore.getInstance(type);
        store.load(null, null);
        store.setKeyEntry(
                "server",
                identity.key(),
                TestCertificates.PASSWORD,
                identity.chain().toArray(new Certificate[0]));
        return store;
    }

    private static KeyManager[] keys(KeyStore store, Reloading reloading) throws Exception {
        var factory = new ThinKeyManagerFactory("SunX509", reloading);
        factory.engineInit(store, TestCertificates.PASSWORD);
        return factory.engineGetKeyManagers();
    }

    private static TrustManager[] trust(KeyStore store, Reloading reloading) throws Exception {
        var factory = new ThinTrustManagerFactory("PKIX", reloading);
        factory.engineInit(store);
        return factory.engineGetTrustManagers();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void theKeysAreReadAgain(String type) throws Exception {
        var store = ofType(type, FORMER);
        var reloading = folder.reloading(place.resolve("absent").toString(), write("keys", store));
        var lending = folder.lending(reloading);
        var server = new StoreFolder.Made(new AlmostSslContext(lending, Scope.ANY));
        server.init(keys(store, reloading), null, null);
        folder.replace("keys", ofType(type, NEXT));
        var pair = new EnginePair(Contexts.client(Contexts.OURS), server).handshake();
        assertEquals(NEXT.certificate(), pair.client().engine().getSession().getPeerCertificates()[0]);
        assertEquals(
                "reload: " + folder.file("keys") + " is a store that the application has loaded; it is watched",
                folder.said().get(0));
    }

    /** A trust store's factory is told no password: a JKS needs none, another may be opened by the default's. */
    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void trustIsReadAgain(String type) throws Exception {
        System.setProperty("javax.net.ssl.trustStorePassword", new String(TestCertificates.PASSWORD));
        var store = KeyStore.getInstance(type);
        store.load(null, null);
        store.setCertificateEntry("ca", TestCertificates.ca());
        var reloading = folder.reloading(write("trust", store));
        var lending = folder.lending(reloading);
        var client = new StoreFolder.Made(new AlmostSslContext(lending, Scope.ANY));
        client.init(null, trust(store, reloading), null);
        var server = Contexts.with(Contexts.OURS, FORMER);
        new EnginePair(client, server).handshake();
        store.setCertificateEntry("ca", TestCertificates.unknownCaServer().anchor());
        folder.replace("trust", store);
        assertThrows(SSLHandshakeException.class, new EnginePair(client, server)::handshake);
    }

    @Test
    void theDefaultTrustStoreIsReadAgainForFactoriesThatAreGivenNone() throws Exception {
        write("trust", TestCertificates.trustStore());
        folder.isDefault("trustStore", "trust");
        assertInstanceOf(ReloadedTrust.class, trust(null, folder.reloading())[0]);
    }

    /** Neither the content of the file nor its name tells more than both do. */
    @Test
    void aStoreWithOtherEntriesIsNotTakenForTheFile() throws Exception {
        var reloading = folder.reloading(write("keys", ofType("PKCS12", FORMER)));
        assertFalse(keys(ofType("PKCS12", NEXT), reloading)[0] instanceof ReloadedKeys);
        var more = ofType("PKCS12", FORMER);
        more.setCertificateEntry("more", TestCertificates.ca());
        assertFalse(keys(more, reloading)[0] instanceof ReloadedKeys);
        assertEquals(List.of(), folder.said());
    }

    @Test
    void aFileThatTheGivenPasswordDoesNotOpenIsNotTakenForTheStore() throws Exception {
        var store = ofType("PKCS12", FORMER);
        var file = place.resolve("keys");
        try (var out = Files.newOutputStream(file)) {
            store.store(out, "another".toCharArray());
        }
        assertFalse(keys(store, folder.reloading(file.toString()))[0] instanceof ReloadedKeys);
    }

    @Test
    void withoutBeingAskedForThePlatformsManagersAreGiven() throws Exception {
        var managers = keys(ofType("PKCS12", FORMER), Reloading.never());
        assertEquals(
                Contexts.keys(FORMER)[0].getClass().getModule(),
                managers[0].getClass().getModule());
    }
}
