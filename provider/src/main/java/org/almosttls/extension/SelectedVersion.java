package org.almosttls.extension;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 8446 §4.2.1: supported_versions in a ServerHello, the one version that the server chose. */
public record SelectedVersion(ProtocolVersion version) implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.SUPPORTED_VERSIONS;
    }

    static SelectedVersion decode(WireReader in) throws TlsAlertException {
        return new SelectedVersion(new ProtocolVersion(in.uint16()));
    }

    @Override
    public void encode(WireWriter out) {
        out.uint16(version.code());
    }
}
