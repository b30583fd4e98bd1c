package org.almosttls.extension;

import org.almosttls.registry.ExtensionType;

/** RFC 7627 §5.1: the master secret is bound to the handshake that made it. */
public record ExtendedMasterSecret() implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.EXTENDED_MASTER_SECRET;
    }
}
