package org.almosttls.message;

/** RFC 5246 §7.1: what follows is protected by the keys just agreed. Not a handshake message: no transcript holds it. */
public record ChangeCipherSpec() implements TlsMessage {}
