package org.almosttls.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.Tls12Suite;
import org.almosttls.testkit.Expect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 8449 §4, RFC 6066 §4: a record over the limit is fatal, by record_overflow, and as soon as its length tells. */
class LimitedProtectionTest {

    private static final int LIMIT = 100;

    static Stream<ProtectionPair> pairs() {
        var plain = new PlainProtection(0x0303);
        return Stream.concat(
                Tls12Suite.ALL.stream()
                        .flatMap(suite -> suite.isCbc()
                                ? Stream.of(ProtectionPair.of(suite), ProtectionPair.encryptThenMac(suite))
                                : Stream.of(ProtectionPair.of(suite))),
                Stream.of(new ProtectionPair(null, plain, plain)));
    }

    private static byte[] open(ProtectionPair pair, byte[] record) throws TlsAlertException {
        return Records.open(new LimitedProtection(pair.opening(), LIMIT), record);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void whatKeepsToTheLimitIsOpened(ProtectionPair pair) throws TlsAlertException {
        for (int length : List.of(0, 1, LIMIT - 1, LIMIT))
            assertArrayEquals(Records.content(length), open(pair, pair.seal(Records.content(length))));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void oneOctetMoreIsOverflow(ProtectionPair pair) throws TlsAlertException {
        byte[] record = pair.seal(Records.content(LIMIT + 1));
        var thrown = Expect.violation(Violation.RECORD_OVER_LIMIT, () -> open(pair, record));
        assertEquals(AlertDescription.RECORD_OVERFLOW, thrown.violation().alert());
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void nothingOfWhatIsTooLongIsHandedOver(ProtectionPair pair) throws TlsAlertException {
        var record = ByteBuffer.wrap(pair.seal(Records.content(LIMIT + 1))).position(RecordReader.HEADER_LENGTH);
        var plaintext = ByteBuffer.allocate(1 << 14);
        var limited = new LimitedProtection(pair.opening(), LIMIT);
        Expect.violation(
                Violation.RECORD_OVER_LIMIT,
                () -> limited.open(ContentType.APPLICATION_DATA, 0x0303, record, plaintext));
        assertEquals(0, plaintext.position());
    }

    /** Whatever padding it might have: the octets behind the header are no record at all, and nobody finds out. */
    @ParameterizedTest
    @MethodSource("pairs")
    void whatIsTooLongInAnyCaseIsNotDecrypted(ProtectionPair pair) {
        int shortest = pair.sealing().sealedLength(LIMIT + 1) + 256;
        Expect.violation(Violation.RECORD_OVER_LIMIT, () -> open(pair, new byte[shortest]));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theLeastThatAFragmentHoldsIsNoMoreThanItDoes(ProtectionPair pair) throws TlsAlertException {
        for (int length = 0; length < 300; length++) {
            int fragment = pair.sealing().sealedLength(length) - RecordReader.HEADER_LENGTH;
            assertTrue(pair.opening().openedLeast(fragment) <= length);
            assertTrue(pair.opening().openedBound(fragment) - pair.opening().openedLeast(fragment) <= 255);
        }
    }

    @Test
    void aLimitWithinALimitIsTheLower() {
        var inner = new LimitedProtection(new PlainProtection(0x0303), 512);
        assertEquals(512, new LimitedProtection(inner, 1024).mostPlaintext());
        assertEquals(64, new LimitedProtection(inner, 64).mostPlaintext());
    }
}
