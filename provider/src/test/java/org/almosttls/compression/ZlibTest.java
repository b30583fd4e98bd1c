package org.almosttls.compression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.Deflater;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.Violation;
import org.almosttls.registry.CertificateCompressionAlgorithm;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8879 §4 with zlib: exactly what was compressed comes back, or nothing. */
class ZlibTest {

    private static final CertificateCompression ZLIB =
            CertificateCompression.of(CertificateCompressionAlgorithm.ZLIB).orElseThrow();

    /** RFC 1950 by hand: a header, one stored block (RFC 1951 §3.2.4) of these three octets, and their Adler-32. */
    private static final byte[] ABC = Hex.hex("7801" + "01" + "0300" + "fcff" + "616263" + "024d0127");

    private static byte[] octets(int length) {
        byte[] all = new byte[length];
        new Random(7).nextBytes(all);
        return all;
    }

    @Test
    void readsWhatTheRfcSays() throws Exception {
        assertArrayEquals(new byte[] {'a', 'b', 'c'}, ZLIB.decompress(ABC, 3));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, 1 << 17})
    void whatCannotBeShorterComesBackToo(int length) throws Exception {
        assertArrayEquals(octets(length), ZLIB.decompress(ZLIB.compress(octets(length)), length));
    }

    @Test
    void whatCanBeShorterIs() {
        assertTrue(ZLIB.compress(new byte[1 << 17]).length < 1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 1 << 17})
    void anotherLengthIsWrong(int length) {
        var thrown = Expect.violation(Violation.UNCOMPRESSED_LENGTH_WRONG, () -> ZLIB.decompress(ABC, length));
        assertEquals(AlertDescription.BAD_CERTIFICATE, thrown.violation().alert());
    }

    @Test
    void whatGrowsWithoutEndIsStoppedAtItsLength() {
        byte[] bomb = ZLIB.compress(new byte[1 << 26]);
        Expect.violation(Violation.UNCOMPRESSED_LENGTH_WRONG, () -> ZLIB.decompress(bomb, 100));
    }

    @Test
    void whatIsCutAnywhereIsNotCompressed() {
        for (int length = 0; length < ABC.length; length++) {
            byte[] some = Arrays.copyOf(ABC, length);
            Expect.violation(Violation.CERTIFICATE_NOT_COMPRESSED, () -> ZLIB.decompress(some, 3));
        }
    }

    @Test
    void nothingStandsBehind() {
        byte[] more = Arrays.copyOf(ABC, ABC.length + 1);
        Expect.violation(Violation.CERTIFICATE_NOT_COMPRESSED, () -> ZLIB.decompress(more, 3));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 5, 8, 11})
    void whatIsChangedIsNotCompressed(int place) {
        byte[] changed = ABC.clone();
        changed[place] ^= 0x40;
        Expect.violation(Violation.CERTIFICATE_NOT_COMPRESSED, () -> ZLIB.decompress(changed, 3));
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
}
