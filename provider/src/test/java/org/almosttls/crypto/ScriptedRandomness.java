package org.almosttls.crypto;

import java.security.SecureRandom;

/** Yields the same octets again whenever it is asked: whoever wants a private key gets the one from the vector. */
public record ScriptedRandomness(byte[] octets) implements Randomness {

    @Override
    public SecureRandom secureRandom() {
        return new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(octets, 0, bytes, 0, bytes.length);
            }
        };
    }
}
