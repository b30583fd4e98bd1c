package org.almosttls.jsse;

/** Which protocols a context is about. */
public enum Scope {
    /** All of TLS, as the platform's properties narrow it. */
    ANY,
    /** TLS 1.2 and what came before it, whatever the properties say. */
    TLS_1_2,
    /** AlmostTLSv1 and nothing else. */
    TEXTBOOK;

    /** {@code other}, unless this has no TLS in it. */
    public Scope narrowedTo(Scope other) {
        return this == TEXTBOOK ? this : other;
    }
}
