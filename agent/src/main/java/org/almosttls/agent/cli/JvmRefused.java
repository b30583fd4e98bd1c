package org.almosttls.agent.cli;

/** A JVM cannot be talked to; the message says why and what to do, in one line. */
final class JvmRefused extends Exception {

    private static final long serialVersionUID = 1L;

    JvmRefused(String message) {
        super(message);
    }
}
