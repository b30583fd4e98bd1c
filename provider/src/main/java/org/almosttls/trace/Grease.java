package org.almosttls.trace;

/** RFC 8701 §2: code points that mean nothing and keep implementations tolerant; fingerprints leave them out. */
final class Grease {

    private Grease() {}

    static boolean is(int code) {
        return (code & 0x0F0F) == 0x0A0A && code >> 8 == (code & 0xFF);
    }
}
