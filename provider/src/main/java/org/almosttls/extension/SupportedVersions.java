package org.almosttls.extension;

import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 8446 §4.2.1: the versions a client offers, in order of preference. */
public record SupportedVersions(List<ProtocolVersion> versions) implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.SUPPORTED_VERSIONS;
    }

    static SupportedVersions decode(WireReader in) throws TlsAlertException {
        return new SupportedVersions(in.list8(2, each -> new ProtocolVersion(each.uint16())));
    }

    @Override
    public void encode(WireWriter out) {
        out.list8(versions, version -> out.uint16(version.code()));
    }
}
