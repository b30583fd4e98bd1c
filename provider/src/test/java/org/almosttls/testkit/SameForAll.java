package org.almosttls.testkit;

import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.util.Set;

/** Constraints that permit everything, or nothing. */
public record SameForAll(boolean permits) implements AlgorithmConstraints {

    @Override
    public boolean permits(Set<CryptoPrimitive> uses, String algorithm, AlgorithmParameters parameters) {
        return permits;
    }

    @Override
    public boolean permits(Set<CryptoPrimitive> uses, Key key) {
        return permits;
    }

    @Override
    public boolean permits(Set<CryptoPrimitive> uses, String algorithm, Key key, AlgorithmParameters parameters) {
        return permits;
    }
}
