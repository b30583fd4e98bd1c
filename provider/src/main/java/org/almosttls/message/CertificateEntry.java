package org.almosttls.message;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.extension.ExtensionDecoder;
import org.almosttls.extension.Extensions;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 8446 §4.4.2: one certificate of a chain, DER, and what is said about it. */
public record CertificateEntry(byte[] certData, Extensions extensions) {

    static CertificateEntry decode(WireReader in) throws TlsAlertException {
        return new CertificateEntry(
                in.opaque24(1), Extensions.decodePresent(in, 0, ExtensionDecoder.CERTIFICATE_ENTRY));
    }

    void encode(WireWriter out) {
        out.opaque24(certData);
        extensions.encodePresent(out);
    }
}
