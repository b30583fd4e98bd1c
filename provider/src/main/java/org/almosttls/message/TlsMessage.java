package org.almosttls.message;

/** What a state can receive and send: a handshake message or ChangeCipherSpec. */
public sealed interface TlsMessage permits HandshakeMessage, ChangeCipherSpec {}
