package org.almosttls.record;

/** Decisions about secret numbers as masks, -1 for yes and 0 for no, that cost the same either way. */
final class ConstantTime {

    private ConstantTime() {}

    static int ifNegative(int value) {
        return value >> 31;
    }

    static int ifZero(int value) {
        return ~((value | -value) >> 31);
    }

    /** {@code a} where the mask says yes, else {@code b}. */
    static int select(int mask, int a, int b) {
        return a & mask | b & ~mask;
    }
}
