package org.almosttls.extension;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 8446 §4.6.1: early_data in a NewSessionTicket, how many octets of it the server would take; 0 to 2^32 - 1. */
public record MaxEarlyData(long octets) implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.EARLY_DATA;
    }

    static MaxEarlyData decode(WireReader in) throws TlsAlertException {
        return new MaxEarlyData(in.uint32());
    }

    @Override
    public void encode(WireWriter out) {
        out.uint32(octets);
    }
}
