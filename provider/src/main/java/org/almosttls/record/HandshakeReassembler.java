package org.almosttls.record;

/** RFC 5246 §6.2.1: puts handshake messages together from the fragments of records. */
public final class HandshakeReassembler {}
