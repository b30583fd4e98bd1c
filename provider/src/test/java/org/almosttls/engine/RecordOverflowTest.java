package org.almosttls.engine;

import static org.almosttls.engine.TlsConnectionTest.pair;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.Violation;
import org.almosttls.registry.CipherSuite;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.End;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5246 §6.2.1, §6.2.3: a record that is too long is answered by record_overflow, before anything is decrypted. */
class RecordOverflowTest {

    private static final int MOST_PLAIN = 1 << 14;
    private static final int MOST_PROTECTED = MOST_PLAIN + 2048;

    static Stream<CipherSuite> suites() {
        return TlsConnectionTest.suites();
    }

    private static byte[] record(int type, int claimed, int present) {
        return ByteBuffer.allocate(5 + present)
                .put((byte) type)
                .putShort((short) 0x0303)
                .putShort((short) claimed)
                .array();
    }

    private static void overflows(Violation violation, End end, byte[] record) throws Exception {
        end.deliver(record);
        var thrown = Expect.violation(violation, end::receive);
        assertEquals(AlertDescription.RECORD_OVERFLOW, thrown.violation().alert());
        assertTrue(end.connection().isInboundClosed());
        assertTrue(end.flush().length > 0, "says so");
    }

    /** The five octets of the header are enough: nobody waits for the rest, or makes room for it. */
    @ParameterizedTest
    @ValueSource(ints = {MOST_PROTECTED + 1, 0x7FFF, 0xFFFF})
    void theHeaderAloneIsJudgedInTheClear(int length) throws Exception {
        var server = new End(TestConfig.server(TestCertificates.ecServer()).build());
        overflows(Violation.RECORD_TOO_LONG, server, record(22, length, 0));
    }

    @ParameterizedTest
    @MethodSource("suites")
    void theHeaderAloneIsJudgedUnderEachSuite(CipherSuite suite) throws Exception {
        for (int type : new int[] {20, 21, 22, 23}) {
            var pair = pair(suite);
            pair.handshake();
            overflows(Violation.RECORD_TOO_LONG, pair.server(), record(type, MOST_PROTECTED + 1, 0));
            overflows(Violation.RECORD_TOO_LONG, pair.client(), record(type, 0xFFFF, 0));
        }
    }

    @Test
    void aRecordInTheClearHoldsNoMoreThan16384Octets() throws Exception {
        var server = new End(TestConfig.server(TestCertificates.ecServer()).build());
        overflows(Violation.RECORD_TOO_LONG, server, record(22, MOST_PLAIN + 1, MOST_PLAIN + 1));
    }

    /** As long as a protected record may be, and nothing behind it: that is for the MAC to tell, by its own alert. */
    @ParameterizedTest
    @MethodSource("suites")
    void theLongestFragmentIsNoOverflow(CipherSuite suite) throws Exception {
        var pair = pair(suite);
        pair.handshake();
        pair.server().deliver(record(23, MOST_PROTECTED, MOST_PROTECTED));
        // An AEAD record of that length would hold too much, whatever it is.
        boolean aead = suite.name().contains("GCM") || suite.name().contains("POLY1305");
        Expect.violation(
                aead ? Violation.RECORD_TOO_LONG : Violation.BAD_RECORD,
                () -> pair.server().receive());
    }

    /** RFC 6066 §4: what is not yet protected, too, keeps to the length that the ends agree on. */
    @Test
    void aFragmentLengthIsKeptToFromTheServerHelloOn() throws Exception {
        var pair = shortened();
        ConnectionPair.carry(pair.client(), pair.server(), bytes -> bytes);
        pair.server().flush();
        overflows(Violation.RECORD_OVER_LIMIT, pair.server(), record(22, 513, 513));
        var other = shortened();
        ConnectionPair.carry(other.client(), other.server(), bytes -> bytes);
        byte[] flight = other.server().flush();
        // The first record has the ServerHello in it.
        other.client().deliver(Arrays.copyOf(flight, 5 + 512));
        other.client().receive();
        overflows(Violation.RECORD_OVER_LIMIT, other.client(), record(22, 513, 513));
    }

    private static ConnectionPair shortened() {
        return new ConnectionPair(
                TestConfig.client().fragmentLength(512).build(),
                TestConfig.server(TestCertificates.rsaServer()).build());
    }

    /** A record over the limit by more than any padding is refused unseen, at either end; its octets are no record. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
                "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256"
            })
    void aSizeLimitIsKeptToBeforeDecryption(String suite) throws Exception {
        var pair = new ConnectionPair(
                TestConfig.client()
                        .suites(CipherSuite.named(suite).orElseThrow())
                        .packets(64 + 325, false)
                        .build(),
                TestConfig.server(TestCertificates.rsaServer())
                        .packets(64 + 325, false)
                        .build());
        pair.handshake();
        overflows(Violation.RECORD_OVER_LIMIT, pair.server(), record(23, 1024, 1024));
        overflows(Violation.RECORD_OVER_LIMIT, pair.client(), record(23, 1024, 1024));
    }

    @Test
    void theAlertComesInARecordOfItsOwn() throws Exception {
        var server = new End(TestConfig.server(TestCertificates.ecServer()).build());
        server.deliver(record(22, 0xFFFF, 0));
        Expect.violation(Violation.RECORD_TOO_LONG, server::receive);
        assertArrayEquals(HexFormat.of().parseHex("15030100020216"), server.flush());
    }
}
