package org.almosttls.extension;

import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.CertificateCompressionAlgorithm;
import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 8879 §3: how this end can decompress certificates; the one it likes best first. */
public record CompressCertificate(List<CertificateCompressionAlgorithm> algorithms) implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.COMPRESS_CERTIFICATE;
    }

    static CompressCertificate decode(WireReader in) throws TlsAlertException {
        return new CompressCertificate(in.list8(2, each -> new CertificateCompressionAlgorithm(each.uint16())));
    }

    @Override
    public void encode(WireWriter out) {
        out.list8(algorithms, each -> out.uint16(each.code()));
    }
}
