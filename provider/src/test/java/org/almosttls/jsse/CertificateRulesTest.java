package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.Security;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.almosttls.registry.Role;
import org.almosttls.testkit.SameForAll;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the platform's lists say against keys and signatures of certificates. */
class CertificateRulesTest {

    private static final String DISABLED = "jdk.tls.disabledAlgorithms";

    private final String before = Security.getProperty(DISABLED);

    @AfterEach
    void restore() {
        Security.setProperty(DISABLED, before);
    }

    private static void check(TestIdentity of, String disabled) throws CertificateException {
        Security.setProperty(DISABLED, disabled);
        CertificateRules.current(Optional.empty()).check(of.chain().toArray(new X509Certificate[0]), Role.SERVER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RSA keySize < 4096",
                "RSA",
                "SHA256withECDSA",
                "SHA256",
                "SHA-256",
                "ECDSA",
                "SHA256withECDSA usage CertificateSignature",
                "SHA256 usage TLSServer",
                "SHA256 usage TLSClient TLSServer"
            })
    void anEntryRefusesAChain(String entry) {
        var refused =
                assertThrows(CertificateException.class, () -> check(TestCertificates.rsaServer(), "RC4, " + entry));
        assertTrue(
                refused.getMessage().startsWith("Certificates do not conform to algorithm constraints"),
                refused.getMessage());
        assertTrue(refused.getMessage().endsWith(DISABLED + ": " + entry), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RSA keySize < 2048",
                "EC keySize < 224",
                "DSA keySize < 4096",
                "SHA256 usage TLSClient",
                "SHA256 jdkCA & usage TLSServer",
                "SHA256 denyAfter 2019-01-01",
                "SHA256 usage SignedJAR & denyAfter 2019-01-01",
                "SHA256withECDSA usage HandshakeSignature",
                "SHA1"
            })
    void anEntryForSomethingElseDoesNot(String entry) {
        assertDoesNotThrow(() -> check(TestCertificates.rsaServer(), entry));
    }

    @Test
    void aCurveIsJudgedByItsSize() {
        assertThrows(CertificateException.class, () -> check(TestCertificates.ecServer(), "EC keySize < 384"));
        assertDoesNotThrow(() -> check(TestCertificates.ecP384Server(), "EC keySize < 256"));
        assertDoesNotThrow(() -> check(TestCertificates.ed25519Server(), "EC keySize < 256"));
    }

    @Test
    void theApplicationsConstraintsAreAskedToo() {
        var chain = TestCertificates.ecServer().chain().toArray(new X509Certificate[0]);
        var none = CertificateRules.current(Optional.of(new SameForAll(false)));
        var all = CertificateRules.current(Optional.of(new SameForAll(true)));
        assertThrows(CertificateException.class, () -> none.check(chain, Role.SERVER));
        assertDoesNotThrow(() -> all.check(chain, Role.SERVER));
    }
}
