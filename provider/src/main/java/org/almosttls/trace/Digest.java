package org.almosttls.trace;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Names of things by their digests, in hexadecimal; none of them protects anything. */
final class Digest {

    private Digest() {}

    /** Lower case; nothing where the platform has no such algorithm, as MD5 under a strict policy. */
    static Optional<String> hex(String algorithm, byte[] of) {
        try {
            return Optional.of(HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(of)));
        } catch (NoSuchAlgorithmException absent) {
            return Optional.empty();
        }
    }
}
