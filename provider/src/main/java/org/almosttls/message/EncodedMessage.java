package org.almosttls.message;

import org.almosttls.wire.WireWriter;

/**
 * A handshake message beside its bytes, which are what transcripts take, never a re-encoding.
 *
 * @param bytes the whole message, header of four octets included
 */
public record EncodedMessage(HandshakeMessage message, byte[] bytes) {

    /** RFC 5246 §7.4: {@code message} behind its type and length. */
    public static EncodedMessage of(HandshakeMessage message) {
        var out = new WireWriter().uint8(message.type().code()).vector24(message::encode);
        return new EncodedMessage(message, out.toByteArray());
    }
}
