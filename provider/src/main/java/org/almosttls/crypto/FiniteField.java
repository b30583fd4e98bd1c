package org.almosttls.crypto;

import java.math.BigInteger;

/** The prime and the generator of a Diffie-Hellman group modulo a prime (RFC 5246 §7.4.3, RFC 7919). */
public record FiniteField(BigInteger p, BigInteger g) {

    /** Of the prime. */
    public int bits() {
        return p.bitLength();
    }

    /** Octets of the prime. */
    public int length() {
        return (bits() + 7) / 8;
    }

    /** RFC 7919 §5.1: whether 1 < y < p - 1, which leaves out every element of order 1 and 2. */
    public boolean holds(BigInteger y) {
        return y.compareTo(BigInteger.ONE) > 0 && y.compareTo(p.subtract(BigInteger.ONE)) < 0;
    }
}
