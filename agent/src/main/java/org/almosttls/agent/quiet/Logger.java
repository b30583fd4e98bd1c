package org.almosttls.agent.quiet;

/** In the jar it has the place of {@code java.util.logging.Logger}, as far as Bouncy Castle uses it; it says nothing. */
public final class Logger {

    private static final Logger ALL = new Logger();

    private Logger() {}

    /** For anybody. */
    public static Logger getLogger(String name) {
        return ALL;
    }

    /** Nobody hears it: it is for who sets Bouncy Castle's constraints, and nobody does. */
    public void warning(String text) {}
}
