package org.almosttls.compression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.CertificateCompressionAlgorithm;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8879 §4, with zlib and with libraries: exactly what was compressed comes back, or nothing. */
class CompressionsTest {

    private static final CertificateCompression ZLIB = of(CertificateCompressionAlgorithm.ZLIB);

    /** RFC 1950 by hand: a header, one stored block (RFC 1951 §3.2.4) of these three octets, and their Adler-32. */
    private static final byte[] ABC_BY_ZLIB = Hex.hex("7801" + "01" + "0300" + "fcff" + "616263" + "024d0127");

    /** RFC 7932 §9: a window of 2^16, an uncompressed meta-block of three octets, and a last one that is empty. */
    private static final byte[] ABC_BY_BROTLI = Hex.hex("200010" + "616263" + "03");

    /** RFC 8878 §3.1: a frame that says its length of one octet, with one raw block, which is the last. */
    private static final byte[] ABC_BY_ZSTD = Hex.hex("28b52ffd" + "20" + "03" + "190000" + "616263");

    private static CertificateCompression of(CertificateCompressionAlgorithm algorithm) {
        return CertificateCompression.of(algorithm).orElseThrow();
    }

    static Stream<Arguments> each() {
        return Stream.of(
                Arguments.of(CertificateCompressionAlgorithm.ZLIB, ABC_BY_ZLIB),
                Arguments.of(CertificateCompressionAlgorithm.BROTLI, ABC_BY_BROTLI),
                Arguments.of(CertificateCompressionAlgorithm.ZSTD, ABC_BY_ZSTD));
    }

    private static byte[] octets(int length) {
        byte[] all = new byte[length];
        new Random(7).nextBytes(all);
        return all;
    }

    @ParameterizedTest
    @MethodSource("each")
    void readsWhatTheRfcSays(CertificateCompressionAlgorithm algorithm, byte[] abc) throws Exception {
        assertArrayEquals(new byte[] {'a', 'b', 'c'}, of(algorithm).decompress(abc, 3));
    }

    @ParameterizedTest
    @MethodSource("each")
    void whatCannotBeShorterComesBackToo(CertificateCompressionAlgorithm algorithm) throws Exception {
        for (int length : new int[] {0, 1, 1000, 1 << 17}) {
            var compressed = of(algorithm).compress(octets(length));
            assertArrayEquals(octets(length), of(algorithm).decompress(compressed, length));
        }
    }

    @ParameterizedTest
    @MethodSource("each")
    void whatCanBeShorterIs(CertificateCompressionAlgorithm algorithm) {
        assertTrue(of(algorithm).compress(new byte[1 << 17]).length < 1000);
    }

    @ParameterizedTest
    @MethodSource("each")
    void moreThanThereIsIsWrong(CertificateCompressionAlgorithm algorithm, byte[] abc) {
        for (int length : new int[] {4, 1 << 17}) {
            var thrown = Expect.violation(
                    Violation.UNCOMPRESSED_LENGTH_WRONG, () -> of(algorithm).decompress(abc, length));
            assertEquals(AlertDescription.BAD_CERTIFICATE, thrown.violation().alert());
        }
    }

    @ParameterizedTest
    @MethodSource("each")
    void lessThanThereIsIsWrong(CertificateCompressionAlgorithm algorithm, byte[] abc) {
        for (int length : new int[] {0, 1, 2}) assertStops(algorithm, abc, length);
    }

    @ParameterizedTest
    @MethodSource("each")
    void whatGrowsWithoutEndIsStopped(CertificateCompressionAlgorithm algorithm) {
        assertStops(algorithm, of(algorithm).compress(new byte[1 << 26]), 100);
    }

    /** Zstandard's library does not say which of the two it is. */
    private static void assertStops(CertificateCompressionAlgorithm algorithm, byte[] compressed, int length) {
        var violation = algorithm.equals(CertificateCompressionAlgorithm.ZSTD)
                ? Violation.CERTIFICATE_NOT_COMPRESSED
                : Violation.UNCOMPRESSED_LENGTH_WRONG;
        var thrown = Expect.violation(violation, () -> of(algorithm).decompress(compressed, length));
        assertEquals(AlertDescription.BAD_CERTIFICATE, thrown.violation().alert());
    }

    @Test
    void whatGrowsWithoutEndIsStoppedAtItsLength() {
        byte[] bomb = ZLIB.compress(new byte[1 << 26]);
        Expect.violation(Violation.UNCOMPRESSED_LENGTH_WRONG, () -> ZLIB.decompress(bomb, 100));
    }

    @ParameterizedTest
    @MethodSource("each")
    void whatIsCutAnywhereIsNotCompressed(CertificateCompressionAlgorithm algorithm, byte[] abc) {
        for (int length = 0; length < abc.length; length++) {
            byte[] some = Arrays.copyOf(abc, length);
            assertEquals(
                    AlertDescription.BAD_CERTIFICATE,
                    refused(algorithm, some).violation().alert());
        }
    }

    @ParameterizedTest
    @MethodSource("each")
    void nothingStandsBehind(CertificateCompressionAlgorithm algorithm, byte[] abc) {
        for (int more : new int[] {1, 5, 40_000}) {
            byte[] longer = Arrays.copyOf(abc, abc.length + more);
            Expect.violation(
                    Violation.CERTIFICATE_NOT_COMPRESSED, () -> of(algorithm).decompress(longer, 3));
        }
    }

    /** In an octet that means something. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 5, 8, 11})
    void whatIsChangedIsNotCompressed(int place) {
        byte[] changed = ABC_BY_ZLIB.clone();
        changed[place] ^= 0x40;
        Expect.violation(Violation.CERTIFICATE_NOT_COMPRESSED, () -> ZLIB.decompress(changed, 3));
    }

    private static TlsAlertException refused(CertificateCompressionAlgorithm algorithm, byte[] compressed) {
        try {
            throw new AssertionError(Arrays.toString(of(algorithm).decompress(compressed, 3)));
        } catch (TlsAlertException refused) {
            assertTrue(Set.of(Violation.CERTIFICATE_NOT_COMPRESSED, Violation.UNCOMPRESSED_LENGTH_WRONG)
                    .contains(refused.violation()));
            return refused;
        }
    }

    @Test
    void nobodyKnowsADictionary() {
        var deflater = new Deflater();
        deflater.setDictionary(new byte[] {'a', 'b', 'c'});
        deflater.setInput(new byte[] {'a', 'b', 'c'});
        deflater.finish();
        byte[] compressed = new byte[100];
        int length = deflater.deflate(compressed);
        deflater.end();
        Expect.violation(
                Violation.CERTIFICATE_NOT_COMPRESSED, () -> ZLIB.decompress(Arrays.copyOf(compressed, length), 3));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertEquals(Optional.empty(), CertificateCompression.of(new CertificateCompressionAlgorithm(0x4000)));
    }

    @Test
    void theMessageOfEveryHandshakeIsCompressedOnce() {
        var first = ZLIB.compress(octets(1000));
        assertSame(first, ZLIB.compress(octets(1000)));
        for (int length = 0; length < 100; length++) ZLIB.compress(octets(length));
        assertArrayEquals(first, ZLIB.compress(octets(1000)));
    }

    static Stream<Library.Maker> withoutUse() {
        return Stream.of(
                libraries -> {
                    throw new ClassNotFoundException();
                },
                libraries -> {
                    throw new UnsatisfiedLinkError();
                },
                libraries -> {
                    throw new ExceptionInInitializerError();
                },
                libraries -> new Forgetful(),
                libraries -> {
                    throw new IllegalStateException();
                });
    }

    @ParameterizedTest
    @MethodSource("withoutUse")
    void aLibraryThatDoesNotWorkIsNotThere(Library.Maker maker) {
        assertEquals(Optional.empty(), Library.find(maker));
    }

    @Test
    void theBestComesFirst() {
        assertEquals(
                List.of("brotli", "zstd", "zlib"),
                CertificateCompression.ALL.stream()
                        .map(each -> each.algorithm().name())
                        .toList());
    }

    /** Does not give back what it was given. */
    private static final class Forgetful implements CertificateCompression {

        @Override
        public CertificateCompressionAlgorithm algorithm() {
            return new CertificateCompressionAlgorithm(0x4000);
        }

        @Override
        public byte[] compress(byte[] message) {
            return new byte[1];
        }

        @Override
        public byte[] decompress(byte[] compressed, int length) {
            return new byte[length];
        }
    }
}
