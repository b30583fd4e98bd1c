package org.almosttls.extension;

import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 8446 §4.2.10: data comes before the handshake is complete, or may. */
public record EarlyData() implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.EARLY_DATA;
    }

    static EarlyData decode(WireReader in) {
        return new EarlyData();
    }

    /** Writes nothing: the extension says it by being there. */
    @Override
    public void encode(WireWriter out) {}
}
