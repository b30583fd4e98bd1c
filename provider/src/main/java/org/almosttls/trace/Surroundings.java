package org.almosttls.trace;

import java.util.Optional;

/** What the process was started with, and its stderr, for who has a word to read or to say that is not about a session. */
public final class Surroundings {

    private Surroundings() {}

    /** The system property {@code almosttls.WORD}, else the environment variable that belongs to it. */
    public static Optional<String> word(String word) {
        try {
            return LogWords.given(word, System.getProperties(), System.getenv());
        } catch (SecurityException forbidden) {
            return Optional.empty();
        }
    }

    /** Whether that word says {@code true}. */
    public static boolean isTrue(String word) {
        return word(word).filter("true"::equals).isPresent();
    }

    /** One line on the process's stderr, past {@code System.err}. */
    public static void say(String line) {
        LogWords.complain("AlmostTLS: " + Printable.of(line) + "\n");
    }
}
