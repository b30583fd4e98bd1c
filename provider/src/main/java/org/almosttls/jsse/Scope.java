package org.almosttls.jsse;

/** Which protocols a context is about. */
public enum Scope {
    /** All of TLS, as the platform's properties narrow it. */
    ANY,
    /** TLS 1.3 and 1.2 for a client, whatever the properties say. */
    TLS_1_3,
    /** TLS 1.2 for a client, whatever the properties say. */
    TLS_1_2,
    /** TLS 1.1 for a client, and all of TLS for a server, as far as it may be spoken at all. */
    TLS_1_1,
    /** Nothing for a client until it enables what is spoken here, and all of TLS for a server, as with TLS 1.1. */
    TLS_1_0,
    /** AlmostTLSv1 and nothing else. */
    TEXTBOOK;

    /** {@code other}, unless this has no TLS in it. */
    public Scope narrowedTo(Scope other) {
        return this == TEXTBOOK ? this : other;
    }
}
