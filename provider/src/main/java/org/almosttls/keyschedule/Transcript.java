package org.almosttls.keyschedule;

import java.util.Arrays;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.wire.WireWriter;

/** All handshake messages so far, as they went over the wire (RFC 5246 §7.4.9: {@code handshake_messages}). Immutable. */
public final class Transcript {

    public static final Transcript EMPTY = new Transcript();

    /** RFC 8446 §4: the type that no message on the wire has. */
    private static final int MESSAGE_HASH = 254;

    private final byte[][] messages;

    private Transcript(byte[]... messages) {
        this.messages = messages;
    }

    /** This and one more whole message, header included; its octets must not change afterwards. */
    public Transcript plus(byte[] message) {
        byte[][] more = Arrays.copyOf(messages, messages.length + 1);
        more[messages.length] = message;
        return new Transcript(more);
    }

    /** RFC 8446 §4.2.11.2: the same without so many octets at the end of the last message. */
    public Transcript truncated(int octets) {
        byte[][] cut = messages.clone();
        byte[] last = cut[cut.length - 1];
        cut[cut.length - 1] = Arrays.copyOf(last, last.length - octets);
        return new Transcript(cut);
    }

    public byte[] hash(CryptoBackend crypto, HashAlgorithm algorithm) {
        return crypto.hash(algorithm, messages);
    }

    /** RFC 8446 §4.4.1: a message that stands for all of these, as where a first hello was answered by HelloRetryRequest. */
    public Transcript hashed(CryptoBackend crypto, HashAlgorithm algorithm) {
        byte[] hash = hash(crypto, algorithm);
        return EMPTY.plus(new WireWriter()
                .uint8(MESSAGE_HASH)
                .vector24(out -> out.opaque(hash))
                .toByteArray());
    }

    /** The messages in order, to be signed or verified one after the other (RFC 5246 §7.4.8); not to be changed. */
    public byte[][] messages() {
        return messages.clone();
    }

    @Override
    public String toString() {
        return "Transcript[" + messages.length + " messages]";
    }
}
