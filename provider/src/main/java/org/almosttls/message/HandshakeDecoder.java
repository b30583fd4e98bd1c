package org.almosttls.message;

/** Which bytes are which message. */
public final class HandshakeDecoder {}
