package org.almosttls.crypto;

import java.security.MessageDigest;
import java.util.Arrays;

/** Key material: one owner, erased on close, compared in constant time, never printed. */
public final class Secret implements AutoCloseable {

    private final byte[] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes the array over: the caller must not keep it. */
    public static Secret owning(byte[] bytes) {
        return new Secret(bytes);
    }

    /** The live octets, for a primitive to work on: neither kept nor changed by whoever asks. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return bytes.length;
    }

    /** A secret of its own with octets {@code from} to {@code to} of this one. */
    public Secret slice(int from, int to) {
        return new Secret(Arrays.copyOfRange(bytes, from, to));
    }

    /** RFC 5246 §8.1.2: a secret of its own without the octets that are zero in front, as only TLS before 1.3 has it. */
    public Secret withoutLeadingZeroes() {
        int start = 0;
        while (start < bytes.length - 1 && bytes[start] == 0) start++;
        return slice(start, bytes.length);
    }

    /** Whether the octets are the same, in time that depends on the lengths only. */
    public boolean matches(byte[] other) {
        return MessageDigest.isEqual(bytes, other);
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "Secret[" + bytes.length + " bytes]";
    }
}
