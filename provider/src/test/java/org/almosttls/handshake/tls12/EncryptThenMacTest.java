package org.almosttls.handshake.tls12;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 7366 §3: agreed on for suites that have a MAC, and for no others. */
class EncryptThenMacTest {

    @ParameterizedTest
    @CsvSource({
        "TLS_RSA_WITH_AES_128_CBC_SHA, true",
        "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384, true",
        "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256, true",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, false",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, false"
    })
    void itGoesWithCbcSuites(String suite, boolean agreed) throws Exception {
        // The client offers others too, or it would not speak of it at all.
        var first = CipherSuite.named(suite).orElseThrow();
        var pair = new ConnectionPair(
                TestConfig.client().build(),
                TestConfig.server(TestCertificates.rsaServer()).suites(first).build());
        pair.handshake();
        var answers = pair.client()
                .events()
                .all(MessageTransferred.class)
                .filter(each -> each.message() instanceof ServerHello)
                .map(each -> ((ServerHello) each.message()).extensions().has(ExtensionType.ENCRYPT_THEN_MAC));
        assertEquals(List.of(agreed), answers.toList());

        pair.server().deliver(pair.client().seal(new byte[] {1, 2, 3}));
        pair.server().receive();
        assertEquals(3, pair.server().data().length);
        assertEquals(
                suite,
                pair.server().connection().session().orElseThrow().cipherSuite().name());
    }
}
