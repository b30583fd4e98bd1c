package org.almosttls.extension;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 7301 §3.1: application protocols, the client's in order of preference, the server's exactly one; one char per octet. */
public record ApplicationProtocols(List<String> names) implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.ALPN;
    }

    static ApplicationProtocols decode(WireReader in) throws TlsAlertException {
        return new ApplicationProtocols(in.list16(2, ApplicationProtocols::decodeName));
    }

    /** RFC 7301 §3.1: the server's list contains exactly one name. */
    static ApplicationProtocols decodeSelected(WireReader in) throws TlsAlertException {
        var list = in.vector16(2);
        var selected = new ApplicationProtocols(List.of(decodeName(list)));
        list.end();
        return selected;
    }

    private static String decodeName(WireReader in) throws TlsAlertException {
        return new String(in.opaque8(1), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void encode(WireWriter out) {
        out.list16(names, name -> out.opaque8(name.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
