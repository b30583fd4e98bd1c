package org.almosttls.agent.lab;

import java.util.EnumSet;
import java.util.Set;
import org.almosttls.config.Textbook;
import org.almosttls.config.Textbook.Mechanism;
import org.almosttls.jsse.Scope;

/**
 * How Bob and Alice are set up.
 *
 * @param words the protocol as one would call it, and what is missing
 * @param textbook AlmostTLSv1, perhaps with something missing; of no account in TLS
 */
record Setting(String words, Scope scope, Textbook textbook, Set<Lapse> lapses) {

    /** What Bob and Alice can be careless about. */
    enum Lapse {
        /** Bob's application takes every certificate for good. */
        TRUSTS_ANYBODY,
        /** Bob's application does not compare the name in it. */
        IGNORES_NAME,
        /** The hash of the handshake is the same whatever was said, so that Finished proves nothing. */
        DEAF_TO_HANDSHAKE,
        /** Both ends ask for DEFLATE (RFC 3749). */
        COMPRESSES,
        /** Both ends ask for heartbeats (RFC 6520). */
        BEATS
    }

    static final Setting TEXTBOOK = new Setting("AlmostTLSv1", Scope.TEXTBOOK, Textbook.WHOLE, Set.of());
    static final Setting TLS_1_2 = new Setting("TLS 1.2", Scope.TLS_1_2, Textbook.WHOLE, Set.of());

    static Setting textbookWithout(Mechanism mechanism, String name) {
        return new Setting(TEXTBOOK.words + " without " + name, Scope.TEXTBOOK, Textbook.without(mechanism), Set.of());
    }

    Setting with(Lapse lapse, String how) {
        var more = EnumSet.of(lapse);
        more.addAll(lapses);
        return new Setting(words + how, scope, textbook, Set.copyOf(more));
    }

    boolean has(Lapse lapse) {
        return lapses.contains(lapse);
    }
}
