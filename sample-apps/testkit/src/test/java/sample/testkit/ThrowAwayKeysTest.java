package sample.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ThrowAwayKeysTest {

    private static final int DNS = 2;
    private static final int IP = 7;

    @TempDir
    static Path folder;

    private static ThrowAwayKeys keys;
    private static X509Certificate authority;

    @BeforeAll
    static void make() throws Exception {
        keys = ThrowAwayKeys.in(folder);
        try (var pem = Files.newInputStream(keys.caPem())) {
            authority =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        }
    }

    @Test
    void theAuthorityIsWhomTheTrustStoreTrusts() throws Exception {
        assertTrue(authority.getBasicConstraints() >= 0);
        var trust = KeyStore.getInstance(keys.trustStore().toFile(), ThrowAwayKeys.PASSWORD.toCharArray());
        assertEquals(1, trust.size());
        assertEquals(authority, trust.getCertificate("ca"));
    }

    @Test
    void serversAreLocalhost() throws Exception {
        var rsa = issued(keys.serverRsa(), "server-rsa");
        var ec = issued(keys.serverEc(), "server-ec");
        var names = List.of(List.of(DNS, "localhost"), List.of(IP, "127.0.0.1"));
        assertEquals(names, List.copyOf(rsa.getSubjectAlternativeNames()));
        assertEquals(names, List.copyOf(ec.getSubjectAlternativeNames()));
        assertEquals(2048, ((RSAPublicKey) rsa.getPublicKey()).getModulus().bitLength());
        assertEquals(
                256, ((ECPublicKey) ec.getPublicKey()).getParams().getOrder().bitLength());
    }

    @Test
    void oneServerIsElsewhere() throws Exception {
        var names = issued(keys.serverOfAnotherName(), "server-elsewhere").getSubjectAlternativeNames();
        assertEquals(List.of(List.of(DNS, "elsewhere.example")), List.copyOf(names));
    }

    @Test
    void oneServerIsAClientToo() throws Exception {
        var either = issued(keys.either(), "either");
        assertEquals("CN=localhost", either.getSubjectX500Principal().getName());
        assertEquals(List.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"), either.getExtendedKeyUsage());
    }

    @Test
    void aClientIsOnlyAClient() throws Exception {
        var client = issued(keys.client(), "client");
        assertEquals("CN=client", client.getSubjectX500Principal().getName());
        assertFalse(client.getExtendedKeyUsage().contains("1.3.6.1.5.5.7.3.1"));
    }

    /** The one certificate of a key store, its chain checked. */
    private static X509Certificate issued(Path file, String alias) throws Exception {
        var store = KeyStore.getInstance(file.toFile(), ThrowAwayKeys.PASSWORD.toCharArray());
        assertEquals(List.of(alias), Collections.list(store.aliases()));
        var chain = store.getCertificateChain(alias);
        assertEquals(authority, chain[1]);
        chain[0].verify(authority.getPublicKey());
        return (X509Certificate) chain[0];
    }
}
