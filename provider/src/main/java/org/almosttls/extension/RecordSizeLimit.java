package org.almosttls.extension;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 8449 §4: the most octets of plaintext that this end takes in one protected record. */
public record RecordSizeLimit(int octets) implements Extension {

    /** RFC 8449 §4: no end may ask for less. */
    public static final int LEAST = 64;

    @Override
    public ExtensionType type() {
        return ExtensionType.RECORD_SIZE_LIMIT;
    }

    static RecordSizeLimit decode(WireReader in) throws TlsAlertException {
        return new RecordSizeLimit(in.uint16());
    }

    @Override
    public void encode(WireWriter out) {
        out.uint16(octets);
    }
}
