package org.almosttls.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.crypto.RecordKeys;
import org.almosttls.crypto.jca.JcaBackend;
import org.almosttls.engine.DataPathAllocationTest;
import org.almosttls.registry.CompressionMethod;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.Tls12Suite;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.Noise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 3749: records that are compressed before they are protected. */
class DeflatedRecordsTest {

    /** A suite with each kind of protection. */
    private record Protected(Tls12Suite suite, boolean encryptThenMac) {}

    static Stream<Protected> kinds() {
        return DataPathAllocationTest.oneOfEachKind().stream()
                .flatMap(suite -> Stream.of(true, false)
                        .filter(first -> !first || suite.isCbc())
                        .map(first -> new Protected(suite, first)));
    }

    private static ProtectionPair pair(Protected kind) {
        var plain = kind.encryptThenMac ? ProtectionPair.encryptThenMac(kind.suite) : ProtectionPair.of(kind.suite);
        var protections = protections(kind, CompressionMethod.DEFLATE);
        return new ProtectionPair(plain.keys(), protections.sealing(plain.keys()), protections.opening(plain.keys()));
    }

    private static Tls12Protections protections(Protected kind, CompressionMethod method) {
        return new Tls12Protections(
                0x0303, kind.suite, kind.encryptThenMac, method, new JcaBackend(), new FixedRandomness(3));
    }

    private static ProtectionPair pair() {
        return pair(new Protected(Records.GCM, false));
    }

    /** What protects whatever is given as compressed. */
    private static RecordProtection sealingAsItIs(RecordKeys keys) {
        return protections(new Protected(Records.GCM, false), CompressionMethod.NULL)
                .sealing(keys);
    }

    private static byte[] deflated(Deflater deflater, byte[] content, int flush) {
        var out = new byte[content.length + 1000];
        deflater.setInput(content);
        return Arrays.copyOf(out, deflater.deflate(out, 0, out.length, flush));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatWasCompressedComesBackAtEveryLength(Protected kind) throws TlsAlertException {
        var pair = pair(kind);
        for (int length : List.of(0, 1, 2, 15, 16, 17, 255, 4096, 16383, 16384)) {
            byte[] content = Records.content(length);
            byte[] noise = Noise.of(length);
            assertArrayEquals(content, pair.open(sealed(pair, content)));
            assertArrayEquals(noise, pair.open(sealed(pair, noise)));
        }
    }

    private static byte[] sealed(ProtectionPair pair, byte[] content) throws TlsAlertException {
        var network = ByteBuffer.allocate(pair.sealing().sealedLength(content.length));
        pair.sealing().seal(ContentType.APPLICATION_DATA, ByteBuffer.wrap(content), network);
        return Arrays.copyOf(network.array(), network.position());
    }

    /** RFC 3749 §2.1: the records of a direction are one stream of RFC 1950, flushed at the end of each. */
    @Test
    void theRecordsAreOneStream() throws Exception {
        var pair = pair();
        var opening = protections(new Protected(Records.GCM, false), CompressionMethod.NULL)
                .opening(pair.keys());
        var inflater = new Inflater();
        var lengths = new ArrayList<Integer>();
        for (int i = 0; i < 3; i++) {
            byte[] compressed = Records.open(opening, sealed(pair, Records.content(5000)));
            lengths.add(compressed.length);
            inflater.setInput(compressed);
            var content = new byte[6000];
            int length = inflater.inflate(content);
            assertArrayEquals(Records.content(5000), Arrays.copyOf(content, length));
        }
        assertTrue(lengths.get(2) < lengths.get(0), "what was there before is not said again: " + lengths);
    }

    /** RFC 3749 §3: what a peer still knows of another connection is not known here. */
    @Test
    void whatRefersToAnotherStreamIsRefused() throws TlsAlertException {
        var deflater = new Deflater();
        deflated(deflater, Records.content(5000), Deflater.SYNC_FLUSH);
        byte[] next = deflated(deflater, Records.content(5000), Deflater.SYNC_FLUSH);
        var pair = pair();
        byte[] record = Records.seal(sealingAsItIs(pair.keys()), next);
        Expect.violation(Violation.DECOMPRESSION_FAILED, () -> pair.open(record));
    }

    /** RFC 1951 §3.2.4: also by a sender that compresses nothing, or in another way. */
    @Test
    void anotherCompressorIsUnderstood() throws TlsAlertException {
        for (int level : List.of(0, 1, 9)) {
            var pair = pair();
            var sealing = sealingAsItIs(pair.keys());
            var deflater = new Deflater(level);
            for (int length : List.of(0, 10_000, 16_384))
                assertArrayEquals(
                        Records.content(length),
                        pair.open(Records.seal(
                                sealing, deflated(deflater, Records.content(length), Deflater.SYNC_FLUSH))));
        }
    }

    private static void assertRefused(byte[] compressed) throws TlsAlertException {
        var pair = pair();
        var record = Records.seal(sealingAsItIs(pair.keys()), compressed);
        var plaintext = ByteBuffer.allocate(20_000).position(5);
        var fragment = ByteBuffer.wrap(record).position(RecordReader.HEADER_LENGTH);
        Expect.violation(
                Violation.DECOMPRESSION_FAILED,
                () -> pair.opening().open(ContentType.APPLICATION_DATA, 0x0303, fragment, plaintext));
        assertEquals(5, plaintext.position());
    }

    @Test
    void whatIsNoStreamIsRefused() throws TlsAlertException {
        assertRefused(Records.content(100));
        assertRefused(Noise.of(100));
        byte[] spoilt = deflated(new Deflater(), Records.content(100), Deflater.SYNC_FLUSH);
        spoilt[0] ^= 0x0F;
        assertRefused(spoilt);
    }

    /** RFC 1950 §2.2: whatever follows the end of the stream, or waits for a dictionary. */
    @Test
    void aStreamThatEndsIsRefused() throws TlsAlertException {
        var deflater = new Deflater();
        deflater.finish();
        byte[] whole = deflated(deflater, Records.content(100), Deflater.NO_FLUSH);
        assertRefused(Arrays.copyOf(whole, whole.length + 1));
    }

    /** A megabyte of zeroes in a thousand octets. */
    @Test
    void moreThanARecordMayHoldIsRefused() throws TlsAlertException {
        assertRefused(deflated(new Deflater(9), new byte[1 << 20], Deflater.SYNC_FLUSH));
        assertRefused(deflated(new Deflater(9), new byte[RecordReader.MAX_PLAINTEXT + 1], Deflater.SYNC_FLUSH));
    }

    /** RFC 5246 §6.2.2: 2^14 + 1024. */
    @Test
    void aCompressedFragmentThatIsTooLongIsRefused() throws TlsAlertException {
        var pair = pair();
        var record = Records.seal(sealingAsItIs(pair.keys()), new byte[DeflatingProtection.MAX_COMPRESSED + 1]);
        Expect.violation(Violation.RECORD_TOO_LONG, () -> pair.open(record));
    }

    @Test
    void aDirectionIsForOneThingOnly() {
        var pair = pair();
        var buffer = ByteBuffer.allocate(100);
        assertThrows(
                IllegalStateException.class,
                () -> pair.sealing().open(ContentType.APPLICATION_DATA, 0x0303, buffer, buffer.duplicate()));
        assertThrows(
                IllegalStateException.class,
                () -> pair.opening().seal(ContentType.APPLICATION_DATA, buffer, buffer.duplicate()));
    }
}
