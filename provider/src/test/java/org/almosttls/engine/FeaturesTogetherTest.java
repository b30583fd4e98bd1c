package org.almosttls.engine;

import static org.almosttls.testkit.Renegotiating.assertFlows;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.message.Certificate;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.CompressionMethod;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.End;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestSessions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each is tried alone elsewhere: versions, short records, DEFLATE, GREASE, renegotiation, exporters, resumption. */
class FeaturesTogetherTest {

    private static final byte[] TEXT = "All this has been said before, and will be said again. "
            .repeat(500)
            .getBytes(StandardCharsets.US_ASCII);

    private final TestSessions ofClient = new TestSessions();
    private final TestSessions ofServer = new TestSessions();
    private long seed = 1;

    static Stream<Arguments> combinations() {
        List<UnaryOperator<TestConfig>> sizes = List.of(
                config -> config,
                config -> config.packets(2000, true),
                config -> config.packets(1000, false),
                config -> config.fragmentLength(512));
        return Stream.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_1)
                .flatMap(version -> Stream.of(true, false)
                        .flatMap(aead -> Stream.of(0, 1, 2, 3)
                                .flatMap(size -> Stream.of(true, false)
                                        .map(deflates -> Arguments.of(
                                                version, suite(version, aead), size, sizes.get(size), deflates)))));
    }

    private static CipherSuite suite(ProtocolVersion version, boolean aead) {
        if (version.equals(ProtocolVersion.TLS_1_1))
            return aead
                    ? CipherSuite.named("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA").orElseThrow()
                    : CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA;
        return aead ? CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 : CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA256;
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void theyDoNotGetInEachOthersWay(
            ProtocolVersion version, CipherSuite suite, int size, UnaryOperator<TestConfig> sizes, boolean deflates)
            throws Exception {
        var first = pair(version, suite, sizes, deflates);
        first.handshake();
        var method = deflates ? CompressionMethod.DEFLATE : CompressionMethod.NULL;
        assertEquals(method, first.client().connection().session().orElseThrow().compression());
        assertBothWays(first);
        byte[] before = assertSameExported(first);
        for (var each : List.of(first.client(), first.server())) {
            each.connection().renegotiate();
            first.handshake();
            assertBothWays(first);
            byte[] after = assertSameExported(first);
            assertFalse(Arrays.equals(before, after));
        }
        assertEquals(3, certificatesFrom(first.client()));
        var second = pair(version, suite, sizes, deflates);
        second.handshake();
        assertEquals(0, certificatesFrom(second.client()));
        assertBothWays(second);
        assertSameExported(second);
        second.client().connection().renegotiate();
        second.handshake();
        assertEquals(1, certificatesFrom(second.client()));
        assertBothWays(second);
    }

    /** Short packets have room for more than an octet, whatever DEFLATE may add to it. */
    @Test
    void shortPacketsOfDeflatedDataAreFull() throws Exception {
        var pair = pair(
                ProtocolVersion.TLS_1_2,
                CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                config -> config.packets(1000, false),
                true);
        pair.handshake();
        var sealed = ByteBuffer.wrap(pair.client().seal(TEXT));
        int records = 0;
        while (sealed.hasRemaining()) {
            int length = sealed.getShort(sealed.position() + 3);
            assertTrue(5 + length <= 1000);
            sealed.position(sealed.position() + 5 + length);
            records++;
        }
        assertTrue(records <= TEXT.length / 500, records + " records");
    }

    private ConnectionPair pair(
            ProtocolVersion version, CipherSuite suite, UnaryOperator<TestConfig> sizes, boolean deflates) {
        Feature[] features = deflates
                ? new Feature[] {Feature.RENEGOTIATION, Feature.GREASE, Feature.COMPRESSION}
                : new Feature[] {Feature.RENEGOTIATION, Feature.GREASE};
        var client = sizes.apply(TestConfig.client(TestCertificates.ecClient()))
                .versions(version)
                .suites(suite)
                .requesting(features)
                .sessions(ofClient)
                .with("randomness", new FixedRandomness(seed++));
        var server = sizes.apply(TestConfig.server(TestCertificates.rsaServer()))
                .versions(version)
                .suites(suite)
                .requesting(features)
                .asking(ClientAuthentication.NEED)
                .sessions(ofServer)
                .with("randomness", new FixedRandomness(seed++));
        return new ConnectionPair(client.build(), server.build());
    }

    private static void assertBothWays(ConnectionPair pair) throws Exception {
        assertFlows(pair.client(), pair.server(), TEXT);
        assertFlows(pair.server(), pair.client(), TEXT);
    }

    private static byte[] assertSameExported(ConnectionPair pair) {
        byte[] ofClient = exported(pair.client());
        assertArrayEquals(ofClient, exported(pair.server()));
        return ofClient;
    }

    private static byte[] exported(End end) {
        try (var secret = end.connection().exporter().orElseThrow().export("EXPERIMENTAL", Optional.empty(), 32)) {
            return secret.bytes().clone();
        }
    }

    private static long certificatesFrom(End client) {
        return client.events()
                .all(MessageTransferred.class)
                .filter(each -> each.message() instanceof Certificate)
                .filter(each -> each.direction() == Direction.SENT)
                .count();
    }
}
