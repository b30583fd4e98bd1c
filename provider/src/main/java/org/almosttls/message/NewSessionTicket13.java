package org.almosttls.message;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.extension.ExtensionDecoder;
import org.almosttls.extension.Extensions;
import org.almosttls.registry.HandshakeType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/**
 * RFC 8446 §4.6.1: a ticket for later connections.
 *
 * @param lifetime in seconds from now, 0 to be thrown away at once
 * @param ageAdd what the client adds to the ticket's age when it tells it, 0 to 2^32 - 1
 * @param nonce tells the keys of one connection's tickets apart
 */
public record NewSessionTicket13(long lifetime, long ageAdd, byte[] nonce, byte[] ticket, Extensions extensions)
        implements HandshakeMessage {

    @Override
    public HandshakeType type() {
        return HandshakeType.NEW_SESSION_TICKET;
    }

    static NewSessionTicket13 decode(WireReader in) throws TlsAlertException {
        return new NewSessionTicket13(
                in.uint32(),
                in.uint32(),
                in.opaque8(0),
                in.opaque16(1),
                Extensions.decodePresent(in, 0, ExtensionDecoder.NEW_SESSION_TICKET));
    }

    @Override
    public void encode(WireWriter out) {
        out.uint32(lifetime).uint32(ageAdd).opaque8(nonce).opaque16(ticket);
        extensions.encodePresent(out);
    }
}
