package org.almosttls.extension;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/**
 * RFC 5077 §3.2: the ticket of the session that a client would go on with; empty if the client has none and would take
 * one, or from a server that promises one.
 */
public record SessionTicket(byte[] ticket) implements Extension {

    public static final SessionTicket NONE_YET = new SessionTicket(new byte[0]);

    @Override
    public ExtensionType type() {
        return ExtensionType.SESSION_TICKET;
    }

    /** RFC 5077 §3.2, §A: the ticket is all of the body, without a length of its own. */
    static SessionTicket decode(WireReader in) throws TlsAlertException {
        return new SessionTicket(in.rest());
    }

    /** RFC 5077 §3.2: a server's is of zero length. */
    static SessionTicket decodePromise(WireReader in) {
        return NONE_YET;
    }

    @Override
    public void encode(WireWriter out) {
        out.opaque(ticket);
    }
}
