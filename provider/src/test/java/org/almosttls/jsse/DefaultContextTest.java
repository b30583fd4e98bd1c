package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.DeviceProvider;
import org.almosttls.testkit.DeviceStore;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The default context: what it takes from the properties, and when. */
class DefaultContextTest {

    private static final String[] PROPERTIES = {
        "keyStore", "keyStoreType", "keyStorePassword", "trustStore", "trustStorePassword"
    };

    @TempDir
    private Path folder;

    @AfterEach
    void clear() {
        for (String property : PROPERTIES) System.clearProperty("javax.net.ssl." + property);
    }

    private void set(String property, KeyStore store) throws Exception {
        var file = folder.resolve(property);
        try (var out = Files.newOutputStream(file)) {
            store.store(out, TestCertificates.PASSWORD);
        }
        System.setProperty("javax.net.ssl." + property, file.toString());
        System.setProperty("javax.net.ssl." + property + "Password", new String(TestCertificates.PASSWORD));
    }

    private static SSLContext theDefault() throws NoSuchAlgorithmException {
        return SSLContext.getInstance("Default", Contexts.OURS);
    }

    @Test
    void itHasTheKeysAndTheTrustOfTheProperties() throws Exception {
        set("keyStore", TestCertificates.ecServer().keyStore());
        set("trustStore", TestCertificates.trustStore());
        var pair = new EnginePair(theDefault(), theDefault()).handshake();
        assertEquals(
                TestCertificates.ecServer().certificate(),
                pair.client().engine().getSession().getPeerCertificates()[0]);
    }

    /** As of a hardware module, which has no file. */
    @Test
    void itHasTheKeysOfAStoreThatIsInNoFile() throws Exception {
        DeviceStore.insert(TestCertificates.ecServer());
        System.setProperty("javax.net.ssl.keyStore", "NONE");
        System.setProperty("javax.net.ssl.keyStoreType", "TestDevice");
        try (var device = DeviceProvider.last()) {
            assertEquals("TestDevice", device.getName());
            var pair = new EnginePair(Contexts.client(Contexts.OURS), theDefault()).handshake();
            assertEquals(
                    TestCertificates.ecServer().certificate(),
                    pair.client().engine().getSession().getPeerCertificates()[0]);
        }
    }

    @Test
    void aTrustStoreThatCannotBeReadIsSaid() throws Exception {
        set("trustStore", TestCertificates.trustStore());
        System.setProperty("javax.net.ssl.trustStorePassword", "wrong");
        var failure = assertThrows(NoSuchAlgorithmException.class, DefaultContextTest::theDefault);
        assertTrue(failure.getMessage().contains("the default trust store cannot be read"), failure::getMessage);
    }

    @Test
    void withoutPropertiesItTrustsWhomThePlatformTrustsAndHasNoKey() throws Exception {
        var server = Contexts.with(Contexts.OURS, TestCertificates.ecServer());
        assertThrows(SSLHandshakeException.class, new EnginePair(theDefault(), server)::handshake);
        assertThrows(
                SSLHandshakeException.class, new EnginePair(Contexts.client(Contexts.OURS), theDefault())::handshake);
    }

    @Test
    void aKeyStoreThatIsNotThereIsSaid() {
        System.setProperty("javax.net.ssl.keyStore", folder.resolve("absent").toString());
        var failure = assertThrows(NoSuchAlgorithmException.class, DefaultContextTest::theDefault);
        assertTrue(failure.getMessage().contains("absent"), failure::getMessage);
    }
}
