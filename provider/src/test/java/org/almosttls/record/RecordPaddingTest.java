package org.almosttls.record;

import static org.almosttls.record.Aead13ProtectionTest.pair;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.Tls13Suite;
import org.almosttls.testkit.Expect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 8446 §5.4: records that are longer than they have to be. */
class RecordPaddingTest {

    private static final int MOST = (1 << 14) + 1;
    private static final int AROUND = 5 + 16;
    private static final List<Integer> LENGTHS = List.of(0, 1, 15, 16, 510, 511, 512, 4096, 16383, 16384);

    static Stream<Arguments> suitesAndBlocks() {
        return Tls13Suite.ALL.stream()
                .flatMap(suite -> Stream.of(1, 16, 512, 1000, 16384, MOST).map(block -> Arguments.of(suite, block)));
    }

    @ParameterizedTest
    @CsvSource({"1, 511", "511, 1", "512, 0", "513, 511", "16384, 0", "16385, 0"})
    void contentAndTypeAndZeroesFillBlocks(int inner, int zeroes) {
        assertEquals(zeroes, RecordPadding.to(512).zeroes(inner));
    }

    @ParameterizedTest
    @CsvSource({"1, 99", "99, 1", "100, 0", "101, 0", "16385, 0"})
    void nothingIsMadeLongerThanItMayBe(int inner, int zeroes) {
        assertEquals(zeroes, RecordPadding.to(MOST).atMost(100).zeroes(inner));
    }

    @Test
    void withoutPaddingThereIsNone() {
        for (int inner : List.of(1, 2, 512, MOST)) assertEquals(0, RecordPadding.NONE.zeroes(inner));
    }

    @ParameterizedTest
    @MethodSource("suitesAndBlocks")
    void whatIsPaddedIsOpenedWithoutThePadding(Tls13Suite suite, int block) throws TlsAlertException {
        var pair = pair(suite, RecordPadding.to(block));
        for (int length : LENGTHS) {
            byte[] sealed = pair.seal(Records.content(length));
            assertEquals(pair.sealing().sealedLength(length), sealed.length);
            int inner = sealed.length - AROUND;
            assertEquals(0, inner == MOST ? 0 : inner % block, "content of " + length);
            assertArrayEquals(Records.content(length), pair.open(sealed));
        }
    }

    /** Alerts and messages have lengths that tell something too. */
    @Test
    void everyKindOfRecordIsPadded() throws TlsAlertException {
        for (var type : List.of(ContentType.ALERT, ContentType.HANDSHAKE, ContentType.APPLICATION_DATA)) {
            var pair = pair(Tls13Suite.ALL.get(0), RecordPadding.to(256));
            var network = ByteBuffer.allocate(1000);
            pair.sealing().seal(type, ByteBuffer.wrap(new byte[2]), network);
            assertEquals(256 + AROUND, network.flip().remaining());
            var opened = ByteBuffer.allocate(256);
            var fragment = network.position(RecordReader.HEADER_LENGTH);
            assertEquals(type, pair.opening().open(ContentType.APPLICATION_DATA, 0x0303, fragment, opened));
            assertEquals(2, opened.position());
        }
    }

    /** RFC 8449 §4: all that is encrypted counts. */
    @Test
    void paddingCountsForTheOtherEndsLimit() throws TlsAlertException {
        int limit = 100;
        var exact = pair(Tls13Suite.ALL.get(0), RecordPadding.to(MOST).atMost(limit + 1));
        byte[] record = exact.seal(Records.content(3));
        assertArrayEquals(Records.content(3), Records.open(new LimitedProtection(exact.opening(), limit), record));
        var longer = pair(Tls13Suite.ALL.get(0), RecordPadding.to(MOST).atMost(limit + 2));
        byte[] over = longer.seal(Records.content(3));
        Expect.violation(
                Violation.RECORD_OVER_LIMIT, () -> Records.open(new LimitedProtection(longer.opening(), limit), over));
    }
}
