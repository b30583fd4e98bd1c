package org.almosttls.extension;

import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 7366 §2: in CBC suites the MAC is over what was encrypted, and not the other way round. */
public record EncryptThenMac() implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.ENCRYPT_THEN_MAC;
    }

    static EncryptThenMac decode(WireReader in) {
        return new EncryptThenMac();
    }

    /** Writes nothing: the extension says it by being there. */
    @Override
    public void encode(WireWriter out) {}
}
