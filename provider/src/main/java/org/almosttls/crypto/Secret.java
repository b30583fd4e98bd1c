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
