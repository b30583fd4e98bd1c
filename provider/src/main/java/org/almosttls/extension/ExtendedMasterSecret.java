package org.almosttls.extension;

import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 7627 §5.1: the master secret is bound to the handshake that made it. */
public record ExtendedMasterSecret() implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.EXTENDED_MASTER_SECRET;
    }

    static ExtendedMasterSecret decode(WireReader in) {
        return new ExtendedMasterSecret();
    }

    /** Writes nothing: the extension says it by being there. */
    @Override
    public void encode(WireWriter out) {}
}
