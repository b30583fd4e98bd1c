package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.InvalidAlgorithmParameterException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.almosttls.alert.Violation;
import org.junit.jupiter.api.Test;

/** The test certificates are valid from 2026-11-21T02:53:42Z to 2126-10-28T02:53:42Z. */
class ParticularsTest {

    private static String on(Violation violation, String time, String... names) {
        var chain = List.of(names).stream().map(Synthetic::certificate).toArray(X509Certificate[]::new);
        return Particulars.on(violation, CertificateFacts.ofChain(List.of(chain)), Instant.parse(time));
    }

    private static String untrusted(String... names) {
        return on(Violation.CERTIFICATE_UNTRUSTED, "2026-12-01T00:00:00Z", names);
    }

    @Test
    void theIssuerThatIsNotTrustedIsNamed() {
        assertEquals(" The last certificate it sent was issued by O=AlmostTLS tests,CN=Test CA.", untrusted("server"));
    }

    @Test
    void aSelfSignedCertificateIsNamed() {
        assertEquals(" It sent one certificate, which is self-signed: O=AlmostTLS tests,CN=Test CA.", untrusted("ca"));
    }

    @Test
    void aRootThatCameAlongIsNamed() {
        assertEquals(
                " The last certificate it sent is self-signed: O=AlmostTLS tests,CN=Test CA.",
                untrusted("server", "ca"));
    }

    @Test
    void theCertificateThatExpiredIsNamed() {
        assertEquals(
                " It expired on 2126-10-28T02:53:42Z: O=AlmostTLS tests,CN=localhost.",
                on(Violation.CERTIFICATE_EXPIRED, "2126-10-28T02:53:43Z", "server"));
    }

    @Test
    void theCertificateThatIsNotValidYetIsNamed() {
        assertEquals(
                " It is valid from 2026-11-21T02:53:42Z only: O=AlmostTLS tests,CN=localhost.",
                on(Violation.CERTIFICATE_EXPIRED, "2026-11-21T02:53:41Z", "server"));
    }

    @Test
    void theNamesThatTheCertificateIsForAreTold() {
        assertEquals(
                " It is for localhost, 127.0.0.1.",
                on(Violation.CERTIFICATE_NAME_MISMATCH, "2026-12-01T00:00:00Z", "server"));
        assertEquals(
                " It has no alternative names at all.",
                on(Violation.CERTIFICATE_NAME_MISMATCH, "2026-12-01T00:00:00Z", "ca"));
    }

    @Test
    void nothingIsClaimedWithoutCertificates() {
        assertEquals("", untrusted());
    }

    @Test
    void anEmptyTrustStoreIsRecognized() {
        var cause = new InvalidAlgorithmParameterException("the trustAnchors parameter must be non-empty");
        var advice = Particulars.adviceOn(Violation.INTERNAL.causedBy(cause));
        assertTrue(advice.cause().startsWith("This end's trust store holds no certificate"), advice.cause());
    }
}
