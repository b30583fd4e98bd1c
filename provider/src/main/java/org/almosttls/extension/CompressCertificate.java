package org.almosttls.extension;

import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 8879 §3: how this end can decompress certificates; by number, known here or not. */
public record CompressCertificate(List<Integer> algorithms) implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.COMPRESS_CERTIFICATE;
    }

    static CompressCertificate decode(WireReader in) throws TlsAlertException {
        return new CompressCertificate(in.list8(2, WireReader::uint16));
    }

    @Override
    public void encode(WireWriter out) {
        out.list8(algorithms, out::uint16);
    }
}
