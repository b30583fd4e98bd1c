package org.almosttls.agent;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandomSpi;

/** A provider of randomness that is none: each generator says what each other says, in each run. */
public final class FixedRandom extends Provider {

    private static final long serialVersionUID = 1L;

    FixedRandom() {
        super("FixedRandom", "1", "for tests");
        put("SecureRandom.Fixed", Numbers.class.getName());
        put("SecureRandom.Fixed ThreadSafe", "true");
    }

    /** Its numbers: the digests of what counts up. */
    public static final class Numbers extends SecureRandomSpi {

        private static final long serialVersionUID = 1L;

        private long count;

        @Override
        protected void engineSetSeed(byte[] seed) {
            // It stays as it is.
        }

        @Override
        protected synchronized void engineNextBytes(byte[] octets) {
            try {
                var digest = MessageDigest.getInstance("SHA-256", "SUN");
                for (int at = 0; at < octets.length; at += 32) {
                    byte[] some = digest.digest(
                            ByteBuffer.allocate(Long.BYTES).putLong(count++).array());
                    System.arraycopy(some, 0, octets, at, Math.min(32, octets.length - at));
                }
            } catch (NoSuchAlgorithmException | java.security.NoSuchProviderException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected byte[] engineGenerateSeed(int length) {
            byte[] seed = new byte[length];
            engineNextBytes(seed);
            return seed;
        }
    }
}
