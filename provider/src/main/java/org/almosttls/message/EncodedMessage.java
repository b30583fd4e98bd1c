package org.almosttls.message;

/**
 * A handshake message beside its bytes, which are what transcripts take, never a re-encoding.
 *
 * @param bytes the whole message, header of four octets included
 */
public record EncodedMessage(HandshakeMessage message, byte[] bytes) {}
