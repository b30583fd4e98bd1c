package org.almosttls.extension;

import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 8446 §4.2.3: the schemes this end verifies in certificates, where they differ from those in handshakes. */
public record SignatureAlgorithmsCert(List<SignatureScheme> schemes) implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.SIGNATURE_ALGORITHMS_CERT;
    }

    static SignatureAlgorithmsCert decode(WireReader in) throws TlsAlertException {
        return new SignatureAlgorithmsCert(in.list16(2, each -> new SignatureScheme(each.uint16())));
    }

    @Override
    public void encode(WireWriter out) {
        out.list16(schemes, scheme -> out.uint16(scheme.code()));
    }
}
