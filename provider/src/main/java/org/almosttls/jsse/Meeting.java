package org.almosttls.jsse;

import java.security.AlgorithmConstraints;
import java.util.Locale;
import java.util.Optional;
import org.almosttls.event.Endpoint;
import org.almosttls.store.Reloading;

/**
 * Who is meant to be at the other end, and by whom and how strictly that is judged. A session is resumed only where all
 * of it is the same: whoever resumes is not judged again.
 *
 * @param peer with an empty host if it is not known, as a server does not know its clients
 * @param means what the context was initialised with: who judges, and who one is oneself
 * @param identification the endpoint identification algorithm; empty if names are not checked
 * @param constraints of the application, if it has any
 * @param asks whether a server asks for a certificate: RFC 5246 §7.4.4 lets it ask in a full handshake only, so a client
 *     that was not asked when its session began begins another
 * @param changes what {@link Reloading#changes} was: another store may judge otherwise
 */
record Meeting(Endpoint peer, One means, String identification, Optional<One> constraints, boolean asks, long changes) {

    private static final Endpoint SOMEBODY = new Endpoint("", -1);

    /** An object of the application's, which is like no other, whatever its own {@code equals} says. */
    private record One(Object object) {
        @Override
        public boolean equals(Object other) {
            return other instanceof One one && one.object == object;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(object);
        }
    }

    // By hand, as that of a number of the registry; what is alike in both of these is seldom different in the rest.
    @Override
    public int hashCode() {
        return 31 * peer.hashCode() + means.hashCode();
    }

    static Meeting of(Endpoint peer, Object means, String identification, Optional<AlgorithmConstraints> constraints) {
        return new Meeting(
                new Endpoint(peer.host().toLowerCase(Locale.ROOT), peer.port()),
                new One(means),
                identification.toUpperCase(Locale.ROOT),
                constraints.map(One::new),
                false,
                0);
    }

    /** The same after so many changes of stores. */
    Meeting after(long changesOfStores) {
        return new Meeting(peer, means, identification, constraints, asks, changesOfStores);
    }

    /** A server's, which does not know its clients. */
    Meeting withSomebody(boolean asking) {
        return new Meeting(SOMEBODY, means, identification, constraints, asking, changes);
    }

    boolean isWithSomebodyKnown() {
        return !peer.host().isEmpty() && peer.port() >= 0;
    }
}
