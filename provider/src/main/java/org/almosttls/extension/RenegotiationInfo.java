package org.almosttls.extension;

import org.almosttls.registry.ExtensionType;

/** RFC 5746 §3.2: the Finished values of the handshake before this one; empty in the first. */
public record RenegotiationInfo(byte[] renegotiatedConnection) implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.RENEGOTIATION_INFO;
    }
}
