package org.almosttls;

import java.util.concurrent.atomic.AtomicBoolean;
import org.almosttls.jsse.TextbookTerms;
import org.almosttls.trace.Surroundings;

/** The terms of the textbook protocol as the process was started with them. */
final class TextbookWords {

    private static final AtomicBoolean SAID = new AtomicBoolean();

    private TextbookWords() {}

    /** {@code -Dalmosttls.textbook.remote}, else {@code ALMOSTTLS_TEXTBOOK_REMOTE}; the warning goes to stderr, once. */
    static TextbookTerms fromSystem() {
        return new TextbookTerms(() -> Surroundings.isTrue("textbook.remote"), warning -> {
            if (SAID.compareAndSet(false, true)) Surroundings.say(warning);
        });
    }
}
