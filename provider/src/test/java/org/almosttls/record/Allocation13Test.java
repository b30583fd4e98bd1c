package org.almosttls.record;

import static org.almosttls.record.AllocationTest.octetsPer;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.Tls13Suite;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a record of TLS 1.3 costs in memory once everything is warm, padded or not. */
class Allocation13Test {

    private static final int SHORT = 1000;
    private static final int LONG = RecordReader.MAX_PLAINTEXT;
    /** The JDK's objects differ by some octets with what the compiler made of them so far; a copied record would not. */
    private static final int TOLERANCE = 100;
    /** Padding is one piece more for the JDK's cipher. */
    private static final int PIECE = 500;

    private final RecordReader reader = new RecordReader();
    private final ByteBuffer content = ByteBuffer.allocate(LONG);
    private final ByteBuffer network = ByteBuffer.allocate(LONG + 2048);
    private final ByteBuffer opened = ByteBuffer.allocate(LONG + 2048);

    static List<Tls13Suite> suites() {
        return Tls13Suite.ALL;
    }

    private long cost(Tls13Suite suite, RecordPadding padding, int length)
            throws TlsAlertException, GeneralSecurityException {
        var pair = Aead13ProtectionTest.pair(suite, padding);
        return octetsPer(() -> transfer(pair, length));
    }

    private void transfer(ProtectionPair pair, int length) throws TlsAlertException {
        pair.sealing().seal(ContentType.APPLICATION_DATA, content.clear().limit(length), network.clear());
        assertTrue(reader.find(network.flip()));
        network.position(RecordReader.HEADER_LENGTH);
        pair.opening().open(reader.type(), reader.version(), network, opened.clear());
    }

    @ParameterizedTest
    @MethodSource("suites")
    void aLongRecordCostsNoMoreThanAShortOne(Tls13Suite suite) throws Exception {
        long costOfShort = cost(suite, RecordPadding.NONE, SHORT);
        long costOfLong = cost(suite, RecordPadding.NONE, LONG);
        assertTrue(costOfLong <= costOfShort + TOLERANCE, costOfShort + " octets, but " + costOfLong);
    }

    @ParameterizedTest
    @MethodSource("suites")
    void paddingCostsNothing(Tls13Suite suite) throws Exception {
        long bare = cost(suite, RecordPadding.NONE, SHORT);
        for (int block : List.of(2048, LONG + 1)) {
            long padded = cost(suite, RecordPadding.to(block), SHORT);
            assertTrue(padded <= bare + PIECE, bare + " octets, but " + padded + " with " + block);
        }
    }
}
