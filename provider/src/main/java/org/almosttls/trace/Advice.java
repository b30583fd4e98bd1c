package org.almosttls.trace;

/**
 * A cause in plain words, and what to do next; {@code {peer}} stands for server or client. Says no more than is known.
 */
record Advice(String cause, String next) {

    Advice about(String peer) {
        return new Advice(cause.replace("{peer}", peer), next.replace("{peer}", peer));
    }
}
