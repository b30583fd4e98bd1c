package org.almosttls.crypto.jca;

import java.math.BigInteger;

/** Public non-negative integers as octets of a fixed length. */
final class Integers {

    private Integers() {}

    static void bigEndian(BigInteger value, byte[] out, int offset, int length) {
        byte[] minimal = value.toByteArray();
        int skipped = Math.max(0, minimal.length - length);
        int used = minimal.length - skipped;
        System.arraycopy(minimal, skipped, out, offset + length - used, used);
    }

    static byte[] littleEndian(BigInteger value, int length) {
        var out = new byte[length];
        bigEndian(value, out, 0, length);
        return reversed(out);
    }

    static byte[] reversed(byte[] bytes) {
        var out = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) out[i] = bytes[bytes.length - 1 - i];
        return out;
    }
}
