package org.almosttls.extension;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/**
 * RFC 8446 §4.2.11: the name of a pre-shared key, as a ticket is one.
 *
 * @param obfuscatedTicketAge 0 to 2^32 - 1
 */
public record PskIdentity(byte[] identity, long obfuscatedTicketAge) {

    static PskIdentity decode(WireReader in) throws TlsAlertException {
        return new PskIdentity(in.opaque16(1), in.uint32());
    }

    void encode(WireWriter out) {
        out.opaque16(identity).uint32(obfuscatedTicketAge);
    }
}
