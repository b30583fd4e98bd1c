package org.almosttls.extension;

import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 8446 §4.2.4: whose certificates this end trusts, as DER of distinguished names. */
public record CertificateAuthorities(List<byte[]> authorities) implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.CERTIFICATE_AUTHORITIES;
    }

    static CertificateAuthorities decode(WireReader in) throws TlsAlertException {
        return new CertificateAuthorities(in.list16(3, each -> each.opaque16(1)));
    }

    @Override
    public void encode(WireWriter out) {
        out.list16(authorities, out::opaque16);
    }
}
