package org.almosttls.extension;

import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 8446 §4.2.6: the client can be asked for its certificate after the handshake. */
public record PostHandshakeAuth() implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.POST_HANDSHAKE_AUTH;
    }

    static PostHandshakeAuth decode(WireReader in) {
        return new PostHandshakeAuth();
    }

    /** Writes nothing: the extension says it by being there. */
    @Override
    public void encode(WireWriter out) {}
}
