package org.almosttls.handshake;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.message.TlsMessage;
import org.almosttls.record.Aligned;

/**
 * One message that came.
 *
 * @param bytes the whole handshake message as it came, header included, owned by the receiver; empty for
 *     ChangeCipherSpec
 * @param alignment whether the message ended a record's handshake data
 */
public record Received(TlsMessage message, byte[] bytes, Alignment alignment) {

    /** Asks whether nothing of a further handshake message has come yet. */
    @FunctionalInterface
    public interface Alignment {

        /** Throws MESSAGE_ACROSS_KEYS if part of another message has come already. */
        Aligned require() throws TlsAlertException;
    }

    /** What changing the read keys takes. */
    public Aligned aligned() throws TlsAlertException {
        return alignment.require();
    }
}
