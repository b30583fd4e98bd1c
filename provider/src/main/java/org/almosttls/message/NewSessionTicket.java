package org.almosttls.message;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.HandshakeType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/**
 * RFC 5077 §3.3: the server has the client keep the session's state for it.
 *
 * @param lifetimeHint in seconds from now; 0 if the server does not say
 * @param ticket empty if the server gives none after all
 */
public record NewSessionTicket(long lifetimeHint, byte[] ticket) implements HandshakeMessage {

    @Override
    public HandshakeType type() {
        return HandshakeType.NEW_SESSION_TICKET;
    }

    static NewSessionTicket decode(WireReader in) throws TlsAlertException {
        return new NewSessionTicket(in.uint32(), in.opaque16(0));
    }

    @Override
    public void encode(WireWriter out) {
        out.uint32(lifetimeHint).opaque16(ticket);
    }
}
