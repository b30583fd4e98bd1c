package org.almosttls.agent.options;

/** The options cannot be followed; the message names the word and where it came from, in one line. */
public final class OptionRefused extends Exception {

    private static final long serialVersionUID = 1L;

    OptionRefused(String message) {
        super(message);
    }
}
