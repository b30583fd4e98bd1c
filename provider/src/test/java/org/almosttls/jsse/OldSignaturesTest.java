package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.Security;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 4346 §7.4.3: TLS 1.1 signs over SHA-1 without saying so; whoever rules that out rules the version out. */
class OldSignaturesTest {

    private static final String DISABLED = "jdk.tls.disabledAlgorithms";
    private static final String CLIENT_SCHEMES = "jdk.tls.client.SignatureSchemes";

    private final String before = Security.getProperty(DISABLED);

    @AfterEach
    void restore() {
        Security.setProperty(DISABLED, before);
        System.clearProperty(CLIENT_SCHEMES);
    }

    private static SSLContext client() {
        return Contexts.client(Contexts.OURS);
    }

    private static SSLContext server() {
        return Contexts.with(Contexts.OURS, TestCertificates.rsaServer());
    }

    private static EnginePair pair(SSLContext client, SSLContext server) {
        var pair = new EnginePair(client, server);
        pair.client().engine().setEnabledProtocols(new String[] {"TLSv1.1"});
        pair.server().engine().setEnabledProtocols(new String[] {"TLSv1.1", "TLSv1.2"});
        return pair;
    }

    @ParameterizedTest
    @ValueSource(strings = {"MD5andSHA1withRSA", "SHA1", "rsa_pkcs1_sha1", "SHA1 usage HandshakeSignature"})
    void whereTheyAreDisabledTheVersionIsAndTheEntryIsNamed(String entry) throws Exception {
        Security.setProperty(DISABLED, "SSLv3");
        var willing = pair(client(), server());
        assertEquals(
                "TLSv1.1", willing.handshake().client().engine().getSession().getProtocol());
        Security.setProperty(DISABLED, "ecdsa_sha1, " + entry);
        var refused = assertThrows(SSLHandshakeException.class, pair(client(), server())::handshake);
        assertTrue(refused.getMessage().contains(DISABLED + ": " + entry), refused.getMessage());
    }

    @Test
    void whereTheListOfSchemesHasNoneTheVersionIsOutAndThePropertyIsNamed() {
        Security.setProperty(DISABLED, "SSLv3");
        System.setProperty(CLIENT_SCHEMES, "rsa_pkcs1_sha256,rsa_pss_rsae_sha256");
        var refused = assertThrows(SSLHandshakeException.class, pair(client(), server())::handshake);
        assertTrue(refused.getMessage().contains(CLIENT_SCHEMES), refused.getMessage());
    }

    @Test
    void aServerThatHasNoneDoesNotSpeakTheVersion() {
        Security.setProperty(DISABLED, "SSLv3");
        var willing = client();
        Security.setProperty(DISABLED, "rsa_pkcs1_sha1, ecdsa_sha1");
        var refused = assertThrows(SSLException.class, pair(willing, server())::handshake);
        assertTrue(refused.getMessage().contains("TLSv1.1"), refused.getMessage());
    }
}
