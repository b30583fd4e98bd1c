package org.almosttls.jsse;

import java.util.Locale;
import java.util.Optional;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.Role;

/**
 * The platform's {@code jdk.tls.ephemeralDHKeySize}: the least size of the finite field that a server uses for DHE. A
 * server never uses less than 2048 bits, the least that RFC 7919 has a name for, so {@code legacy}, {@code matched} and
 * smaller numbers stand for that.
 */
record EphemeralFields(int leastBits) {

    private static final String PROPERTY = "jdk.tls.ephemeralDHKeySize";
    private static final int SHORTEST = 2048;

    /** @throws IllegalArgumentException if the platform does not take the value either */
    static EphemeralFields current() {
        String value = Asked.property(PROPERTY, "").trim().toLowerCase(Locale.ROOT);
        if (value.isEmpty() || value.equals("legacy") || value.equals("matched")) return new EphemeralFields(SHORTEST);
        int bits = value.matches("\\d{4}") ? Integer.parseInt(value) : 0;
        if (bits < 1024 || bits > 8192 || bits % 64 != 0)
            throw new IllegalArgumentException(
                    PROPERTY + ": " + value + " is neither legacy, matched nor a multiple of 64 from 1024 to 8192");
        return new EphemeralFields(Math.max(bits, SHORTEST));
    }

    /** Clients take what a server proposes. */
    boolean permits(NamedGroup group, Role role) {
        return role == Role.CLIENT || !group.isFiniteField() || DisabledAlgorithms.fieldSize(group) >= leastBits;
    }

    Optional<String> ruleAgainst(NamedGroup group, Role role) {
        return permits(group, role) ? Optional.empty() : Optional.of(PROPERTY + ": " + leastBits);
    }
}
