package org.almosttls.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.crypto.Hmac;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.HashAlgorithm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** AlFardan and Paterson, "Lucky Thirteen", 2013: the work of checking a MAC must not depend on the padding. */
class LuckyThirteenTest {

    static List<HashAlgorithm> hashes() {
        return List.of(HashAlgorithm.SHA1, HashAlgorithm.SHA256, HashAlgorithm.SHA384);
    }

    @ParameterizedTest
    @MethodSource("hashes")
    void theWorkDependsOnTheLengthOnly(HashAlgorithm hash) {
        for (int length = 64; length <= 640; length += 16) {
            Set<Integer> compressions = new HashSet<>();
            for (int padding = 0; padding < 256; padding++) compressions.add(compressionsFor(hash, length, padding));
            assertEquals(1, compressions.size(), length + " octets: " + compressions);
        }
    }

    /** Longer contents do take longer, so that the test above measures something. */
    @ParameterizedTest
    @MethodSource("hashes")
    void theWorkGrowsWithTheLength(HashAlgorithm hash) {
        assertTrue(compressionsFor(hash, 640, 0) > compressionsFor(hash, 64, 0));
    }

    /** For a text that ends in padding of this length, right where it fits. */
    private static int compressionsFor(HashAlgorithm hash, int length, int padding) {
        var counting = new CountingHmac(hash);
        var text = new byte[Math.max(length, CbcRecordMac.LEAST_ROOM)];
        for (int i = 0; i <= Math.min(padding, length - 1); i++) text[length - 1 - i] = (byte) padding;
        try (var mac = new CbcRecordMac(counting, hash, new SequenceNumber())) {
            assertThrows(
                    TlsAlertException.class,
                    () -> mac.verifiedLength(ContentType.APPLICATION_DATA, 0x0303, text, length));
        }
        return counting.compressions;
    }

    /** Knows no tag, but how often RFC 2104 would call the hash's compression function. */
    private static final class CountingHmac implements Hmac {

        private final HashAlgorithm hash;
        private int octets;
        private int compressions;

        CountingHmac(HashAlgorithm hash) {
            this.hash = hash;
        }

        @Override
        public Hmac update(byte[] bytes, int offset, int length) {
            assertTrue(offset >= 0 && length >= 0 && offset + length <= bytes.length);
            octets += length;
            return this;
        }

        @Override
        public Hmac update(ByteBuffer bytes) {
            octets += bytes.remaining();
            return this;
        }

        /** The inner hash: a block of the key, the octets, one or more of padding, the length; then the outer hash. */
        @Override
        public void tag(byte[] out, int offset) {
            int block = hash.blockLength();
            compressions += 1 + (octets + 1 + block / 8 + block - 1) / block + 2;
            octets = 0;
            Arrays.fill(out, offset, offset + hash.length(), (byte) 0x5A);
        }

        @Override
        public void close() {
            octets = 0;
        }
    }
}
