package org.almosttls.handshake.tls13;

import org.almosttls.keyschedule.Transcript;

/** The messages that both ends have seen so far, and what they have agreed on by them. */
public record Seen(Agreement agreement, Transcript transcript) {

    public Seen plus(byte[] message) {
        return at(transcript.plus(message));
    }

    /** As far as {@code other}. */
    public Seen at(Transcript other) {
        return new Seen(agreement, other);
    }

    /** RFC 8446 §4.4.1: Transcript-Hash. */
    public byte[] hash() {
        return agreement.hash(transcript);
    }
}
