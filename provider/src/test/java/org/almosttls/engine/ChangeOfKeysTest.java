package org.almosttls.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.almosttls.alert.Violation;
import org.almosttls.registry.CipherSuite;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.Expect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 5246 §7.1: what follows ChangeCipherSpec is under the new keys, and both ends make the same of their secret. */
class ChangeOfKeysTest {

    private static final String CHANGE_CIPHER_SPEC = "140303000101";
    private static final String FINISHED = "14" + "00000c" + "00".repeat(12);
    private static final String EXTENDED_MASTER_SECRET = "00170000";

    static Stream<CipherSuite> suites() {
        return TlsConnectionTest.suites();
    }

    /** The flight up to ChangeCipherSpec, and behind it a Finished that nothing protects. */
    private static byte[] inTheClear(byte[] flight) {
        var hex = HexFormat.of().formatHex(flight);
        int end = hex.indexOf(CHANGE_CIPHER_SPEC) + CHANGE_CIPHER_SPEC.length();
        return HexFormat.of().parseHex(hex.substring(0, end) + "1603030010" + FINISHED);
    }

    @ParameterizedTest
    @MethodSource("suites")
    void aFinishedInTheClearIsRefusedByTheServer(CipherSuite suite) throws Exception {
        var pair = TlsConnectionTest.pair(suite);
        ConnectionPair.carry(pair.client(), pair.server(), bytes -> bytes);
        ConnectionPair.carry(pair.server(), pair.client(), bytes -> bytes);
        Expect.violation(
                Violation.BAD_RECORD,
                () -> ConnectionPair.carry(pair.client(), pair.server(), ChangeOfKeysTest::inTheClear));
    }

    @ParameterizedTest
    @MethodSource("suites")
    void aFinishedInTheClearIsRefusedByTheClient(CipherSuite suite) throws Exception {
        var pair = TlsConnectionTest.pair(suite);
        ConnectionPair.carry(pair.client(), pair.server(), bytes -> bytes);
        ConnectionPair.carry(pair.server(), pair.client(), bytes -> bytes);
        ConnectionPair.carry(pair.client(), pair.server(), bytes -> bytes);
        Expect.violation(
                Violation.BAD_RECORD,
                () -> ConnectionPair.carry(pair.server(), pair.client(), ChangeOfKeysTest::inTheClear));
    }

    /** RFC 7627 §5.1: an end that has not heard of the extension makes other keys than one that has agreed to it. */
    @ParameterizedTest
    @MethodSource("suites")
    void anotherMasterSecretOpensNothing(CipherSuite suite) throws Exception {
        var pair = TlsConnectionTest.pair(suite);
        ConnectionPair.carry(pair.client(), pair.server(), bytes -> bytes);
        ConnectionPair.carry(pair.server(), pair.client(), ChangeOfKeysTest::withoutExtendedMasterSecret);
        Expect.violation(
                Violation.BAD_RECORD, () -> ConnectionPair.carry(pair.client(), pair.server(), bytes -> bytes));
    }

    /** Takes the extension out of the ServerHello at the beginning of the flight. */
    private static byte[] withoutExtendedMasterSecret(byte[] flight) {
        int length = 44 + flight[43] + 3;
        int at = HexFormat.of().formatHex(flight).indexOf(EXTENDED_MASTER_SECRET, 2 * (length + 2)) / 2;
        assertTrue(at > 0);
        var shorter = ByteBuffer.wrap(Arrays.copyOf(flight, flight.length - 4));
        shorter.put(at, flight, at + 4, flight.length - at - 4);
        for (int each : new int[] {3, 7, length}) shorter.putShort(each, (short) (shorter.getShort(each) - 4));
        return shorter.array();
    }
}
