package org.almosttls.crypto;

import java.security.SecureRandom;

/** Where random octets come from; tests lend a fixed source. */
@FunctionalInterface
public interface Randomness {

    /** For JCA calls that want one; a fixed source returns a SecureRandom that yields its octets. */
    SecureRandom secureRandom();

    default byte[] bytes(int length) {
        var bytes = new byte[length];
        secureRandom().nextBytes(bytes);
        return bytes;
    }
}
