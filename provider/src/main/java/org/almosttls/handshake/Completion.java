package org.almosttls.handshake;

/** What delegated work came to; each state defines its own. */
public interface Completion {}
