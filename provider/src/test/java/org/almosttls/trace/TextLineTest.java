package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.almosttls.event.TlsEvent.Ending;
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
}
