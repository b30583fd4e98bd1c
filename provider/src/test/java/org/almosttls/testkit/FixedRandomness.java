package org.almosttls.testkit;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import org.almosttls.crypto.Randomness;

/** The same octets in every run: SHA-256 over a seed and a counter. Never for anything but tests. */
public final class FixedRandomness implements Randomness {

    private final SecureRandom random;

    public FixedRandomness(long seed) {
        random = new Fixed(new Counter(seed));
    }

    @Override
    public SecureRandom secureRandom() {
        return random;
    }

    private static final class Fixed extends SecureRandom {

        private static final long serialVersionUID = 1L;

        Fixed(SecureRandomSpi spi) {
            super(spi, null);
        }
    }

    private static final class Counter extends SecureRandomSpi {

        private static final long serialVersionUID = 1L;

        private final long seed;
        private long counter;
        private byte[] block = new byte[0];
        private int used;

        Counter(long seed) {
            this.seed = seed;
        }

        @Override
        protected void engineSetSeed(byte[] ignored) {
            // Stays as it was seeded at first.
        }

        @Override
        protected synchronized void engineNextBytes(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                if (used == block.length) refill();
                bytes[i] = block[used++];
            }
        }

        private void refill() {
            try {
                block = MessageDigest.getInstance("SHA-256")
                        .digest(ByteBuffer.allocate(16)
                                .putLong(seed)
                                .putLong(counter++)
                                .array());
                used = 0;
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected byte[] engineGenerateSeed(int length) {
            var bytes = new byte[length];
            engineNextBytes(bytes);
            return bytes;
        }
    }
}
