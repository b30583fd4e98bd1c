package org.almosttls.handshake.almost;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.event.TlsEvent.SecretDerived;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.End;
import org.almosttls.testkit.RandomSplitter;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bob and Alice as the textbook has them: three messages, four keys, data. */
class HappyPathTest {

    private static final byte[] ORDER = "Pay Carol 10 euros".getBytes(StandardCharsets.US_ASCII);

    private static ConnectionPair pair() {
        return new ConnectionPair(TestConfig.bob().build(), TestConfig.alice().build());
    }

    @Test
    void threeMessagesMakeASession() throws Exception {
        var pair = pair();
        pair.handshake();

        var types = pair.client()
                .events()
                .all(MessageTransferred.class)
                .map(each -> each.message().type());
        assertEquals(
                List.of(HandshakeType.HELLO, HandshakeType.CERTIFICATE, HandshakeType.ENCRYPTED_MASTER_SECRET),
                types.toList());
        for (End end : List.of(pair.client(), pair.server())) {
            var session = end.connection().session().orElseThrow();
            assertEquals(ProtocolVersion.ALMOST_1, session.version());
            assertEquals(CipherSuite.ALMOST_RSA_OAEP_WITH_AES_128_CBC_HMAC_SHA256, session.cipherSuite());
            assertEquals(0, session.id().length);
            assertEquals(Optional.empty(), session.group());
        }
    }

    @Test
    void bobSeesAlicesCertificateAndShowsNone() throws Exception {
        var pair = pair();
        pair.handshake();

        var bob = pair.client().connection().session().orElseThrow();
        var alice = pair.server().connection().session().orElseThrow();
        assertEquals(TestCertificates.rsaServer().chain(), bob.peerChain());
        assertEquals(TestCertificates.rsaServer().chain(), alice.localChain());
        assertEquals(List.of(), alice.peerChain());
        assertEquals(List.of(), bob.localChain());
    }

    @Test
    void bothDeriveTheSameFourKeysFromTheSameSecret() throws Exception {
        var pair = pair();
        pair.handshake();

        var labels = pair.client().events().all(SecretDerived.class).map(SecretDerived::label);
        assertEquals(List.of("MS", "E_B", "M_B", "E_A", "M_A"), labels.toList());
        assertEquals(labelsOf(pair.server()), List.of("MS", "E_B", "M_B", "E_A", "M_A"));
    }

    private static List<String> labelsOf(End end) {
        return end.events().all(SecretDerived.class).map(SecretDerived::label).toList();
    }

    @Test
    void everyRecordIsOfTheTextbooksVersion() throws Exception {
        var pair = pair();
        pair.handshake(bytes -> {
            for (int at = 0; at < bytes.length; at += 5 + ((bytes[at + 3] & 0xFF) << 8 | bytes[at + 4] & 0xFF)) {
                assertEquals((byte) 0xA1, bytes[at + 1]);
                assertEquals(1, bytes[at + 2]);
            }
            return bytes;
        });
        assertArrayEquals(
                new byte[] {23, (byte) 0xA1, 1},
                java.util.Arrays.copyOf(pair.client().seal(ORDER), 3));
    }

    @Test
    void dataGoesBothWays() throws Exception {
        var pair = pair();
        pair.handshake();

        exchange(pair.client(), pair.server());
        exchange(pair.server(), pair.client());
    }

    private static void exchange(End from, End to) throws Exception {
        to.deliver(from.seal(ORDER));
        to.receive();
        assertArrayEquals(ORDER, to.data());
    }

    @Test
    void noPlaintextIsOnTheWire() throws Exception {
        var pair = pair();
        pair.handshake();

        var wire = new String(pair.client().seal(ORDER), StandardCharsets.ISO_8859_1);
        assertTrue(!wire.contains("Carol"), wire);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aHandshakeCutAtRandomIsTheSame(long seed) throws Exception {
        var pair = pair();
        RandomSplitter.seeded(seed).handshake(pair);
        exchange(pair.client(), pair.server());
    }

    @Test
    void aServerOfBothFamiliesTellsThemApartByTheFirstRecord() throws Exception {
        for (var client : List.of(TestConfig.bob(), TestConfig.client())) {
            var both = TestConfig.server(TestCertificates.rsaServer())
                    .versions(ProtocolVersion.TLS_1_2, ProtocolVersion.ALMOST_1);
            var pair = new ConnectionPair(client.build(), both.build());
            pair.handshake();
            assertEquals(
                    pair.client().connection().session().orElseThrow().version(),
                    pair.server().connection().session().orElseThrow().version());
            exchange(pair.client(), pair.server());
        }
    }

    @Test
    void aClientOfBothFamiliesMeansTls() throws Exception {
        var both = TestConfig.client().versions(ProtocolVersion.ALMOST_1, ProtocolVersion.TLS_1_2);
        var pair = new ConnectionPair(
                both.build(), TestConfig.server(TestCertificates.rsaServer()).build());
        pair.handshake();
        assertEquals(
                ProtocolVersion.TLS_1_2,
                pair.client().connection().session().orElseThrow().version());
    }
}
