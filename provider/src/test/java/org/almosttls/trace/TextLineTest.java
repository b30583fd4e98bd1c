package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almosttls.alert.Violation;
import org.almosttls.event.TlsEvent.Ending;
import org.almosttls.registry.Role;
import org.almosttls.testkit.Samples;
import org.junit.jupiter.api.Test;

class TextLineTest {

    private final Lines lines = Lines.text();

    @Test
    void aSessionIsOneReadableLine() {
        InventedSession.client(lines.log()).established().closes(Ending.CLOSE_NOTIFY);
        assertEquals(
                "AlmostTLS 2026-11-21T08:00:00.004Z client > 127.0.0.1:8443 (localhost)"
                        + " | TLSv1.2 TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 x25519 rsa_pss_rsae_sha256 ALPN h2"
                        + " | server is O=AlmostTLS tests,CN=localhost by O=AlmostTLS tests,CN=Test CA"
                        + " | handshake 3.0 ms, total 4.0 ms, sent 120 B, received 3400 B"
                        + " | closed\n",
                lines.only());
    }

    @Test
    void heartbeatsAreCounted() {
        Scenarios.play("heartbeats", lines.log());
        assertTrue(lines.only().contains(" | heartbeats: 2 sent, 1 answered, 1 received, 1 passed over | closed\n"));
    }

    @Test
    void aFailureSaysWhyAndWhatToDoNext() {
        Scenarios.play("untrusted", lines.log());
        assertEquals(
                "AlmostTLS 2026-11-21T08:00:00.006Z client > 127.0.0.1:8443 (localhost)"
                        + " | FAILED CERTIFICATE_UNTRUSTED: certificate chain leads to no trusted CA: PKIX path building"
                        + " failed"
                        + " | why: The server's certificate chain leads to no CA that this end trusts. The last"
                        + " certificate it sent was issued by O=AlmostTLS tests,CN=Test CA."
                        + " | next: Add the CA that issued it (see the chain in this line) to this end's trust store,"
                        + " or have the server send its intermediate certificates."
                        + " | alert sent: unknown_ca"
                        + " | TLSv1.2 TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 ALPN h2"
                        + " | server is O=AlmostTLS tests,CN=localhost by O=AlmostTLS tests,CN=Test CA for localhost"
                        + " 127.0.0.1, valid from 2026-11-21T02:53:42Z to 2126-10-28T02:53:42Z"
                        + " | total 6.0 ms, sent 120 B, received 3400 B"
                        + " | failed\n",
                lines.only());
    }

    @Test
    void aServerShowsBothOffersWhereNoneFits() {
        InventedSession.server(lines.log())
                .says(Role.CLIENT, Samples.clientHello())
                .fails(Violation.NO_COMMON_SUITE.exception())
                .closes(Ending.FAILED);
        var line = lines.only();
        assertTrue(
                line.contains(" server < 127.0.0.1:40000 (localhost) | FAILED NO_COMMON_SUITE: no cipher suite in"
                        + " common | why: The two ends have no usable cipher suite in common. | "),
                line);
        assertTrue(
                line.contains(" | client offers: TLSv1.2; TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"
                        + " TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 TLS_RSA_WITH_AES_128_CBC_SHA; x25519 secp256r1;"
                        + " ecdsa_secp256r1_sha256 rsa_pss_rsae_sha256; h2 http/1.1 | "),
                line);
        assertTrue(
                line.contains(
                        " | server allows: TLSv1.2; TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
                                + " TLS_RSA_WITH_AES_128_CBC_SHA; x25519 secp256r1; ecdsa_secp256r1_sha256 rsa_pss_rsae_sha256 | "),
                line);
    }

    @Test
    void bothEndsAreNamedWhereBothShowedWhoTheyAre() {
        Scenarios.play("client-authenticated", lines.log());
        assertTrue(
                lines.only()
                        .contains(" | server is O=AlmostTLS tests,CN=localhost by O=AlmostTLS tests,CN=Test CA"
                                + " | client is O=AlmostTLS tests,CN=Bob0Eve by O=AlmostTLS tests,CN=Test CA | "),
                lines.only());
    }

    @Test
    void aClientCertificateThatDidNotComeIsTold() {
        Scenarios.play("no-client-certificate", lines.log());
        assertTrue(lines.only().contains(" | client gave no certificate | "), lines.only());
    }
}
