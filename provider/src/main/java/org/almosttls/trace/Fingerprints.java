package org.almosttls.trace;

import com.fasterxml.jackson.core.SerializableString;
import java.util.Optional;
import org.almosttls.message.ClientHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.trace.Known.Octets;

/**
 * What a ClientHello tells of its sender's software, which says the same in each; it is found out once.
 *
 * @param suites the names of those that it offers, as a JSON array
 */
record Fingerprints(Optional<String> ja3, Optional<String> ja4, SerializableString suites) {

    private static final Known<Octets, Fingerprints> KNOWN = new Known<>();

    /** @param message of which {@code hello} was decoded */
    static Fingerprints of(ClientHello hello, byte[] message) {
        var habits = new Octets(Habits.of(message));
        return KNOWN.find(habits).orElseGet(() -> {
            var suites = JsonFields.array(Facts.listed(hello.cipherSuites(), CipherSuite::name));
            var found = new Fingerprints(Ja3.of(hello), Ja4.of(hello), suites);
            if (habits.areFew()) KNOWN.keep(habits, found);
            return found;
        });
    }

    /** Of those that are kept there is one for each habit. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
