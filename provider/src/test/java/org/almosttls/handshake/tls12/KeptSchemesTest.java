package org.almosttls.handshake.tls12;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.almosttls.config.TlsConfig;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;

/** A peer cannot have a session keep whatever it says. */
class KeptSchemesTest {

    @Test
    void onlySchemesThatMeanSomethingAreKept() throws Exception {
        var known = List.of(SignatureScheme.ECDSA_SECP256R1_SHA256, SignatureScheme.ED25519);
        var noise = IntStream.range(0, 20_000).mapToObj(number -> new SignatureScheme(0xA000 + number));
        var said = Stream.of(known.stream(), noise, known.stream())
                .flatMap(each -> each)
                .toList();
        TlsConfig client = TestConfig.client()
                .with("signatureSchemes", said)
                .with("certificateSchemes", said)
                .build();
        var pair = new ConnectionPair(
                client, TestConfig.server(TestCertificates.ecServer()).build());
        pair.handshake();
        assertEquals(known, pair.server().connection().session().orElseThrow().peerSchemes());
    }
}
