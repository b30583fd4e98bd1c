package org.almosttls.message;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.HandshakeType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/**
 * RFC 8446 §4.6.3: whatever the sender says from now on is under its next keys.
 *
 * @param updateRequested whether the receiver is to do the same
 */
public record KeyUpdate(boolean updateRequested) implements HandshakeMessage {

    @Override
    public HandshakeType type() {
        return HandshakeType.KEY_UPDATE;
    }

    static KeyUpdate decode(WireReader in) throws TlsAlertException {
        int requestUpdate = in.uint8();
        // RFC 8446 §4.6.3: update_not_requested is 0, update_requested is 1, and there is nothing else.
        Violation.KEY_UPDATE_UNKNOWN.when(requestUpdate > 1);
        return new KeyUpdate(requestUpdate == 1);
    }

    @Override
    public void encode(WireWriter out) {
        out.uint8(updateRequested ? 1 : 0);
    }
}
