package org.almosttls.extension;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 8422 §5.1.2: the point formats this end reads; 0 is uncompressed. */
public record EcPointFormats(byte[] formats) implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.EC_POINT_FORMATS;
    }

    static EcPointFormats decode(WireReader in) throws TlsAlertException {
        return new EcPointFormats(in.opaque8(1));
    }

    @Override
    public void encode(WireWriter out) {
        out.opaque8(formats);
    }
}
