package org.almosttls.extension;

import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireWriter;

/** An extension whose body is not understood here, kept as it came. */
public record UnknownExtension(ExtensionType type, byte[] body) implements Extension {

    @Override
    public void encode(WireWriter out) {
        out.opaque(body);
    }
}
