package org.almosttls.message;

import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/**
 * RFC 5246 §7.4.4, RFC 4346 §7.4.4: which client certificates the server takes; authorities are DER distinguished names.
 *
 * @param schemes empty before TLS 1.2, where none are said, and in no other case
 */
public record CertificateRequest(
        List<Integer> certificateTypes, List<SignatureScheme> schemes, List<byte[]> authorities)
        implements HandshakeMessage {

    @Override
    public HandshakeType type() {
        return HandshakeType.CERTIFICATE_REQUEST;
    }

    static CertificateRequest decode(WireReader in) throws TlsAlertException {
        return new CertificateRequest(
                in.list8(1, WireReader::uint8),
                in.list16(2, each -> new SignatureScheme(each.uint16())),
                in.list16(0, each -> each.opaque16(1)));
    }

    /** RFC 4346 §7.4.4. */
    static CertificateRequest decodeOf11(WireReader in) throws TlsAlertException {
        return new CertificateRequest(
                in.list8(1, WireReader::uint8), List.of(), in.list16(0, each -> each.opaque16(1)));
    }

    @Override
    public void encode(WireWriter out) {
        out.list8(certificateTypes, out::uint8);
        if (!schemes.isEmpty()) out.list16(schemes, scheme -> out.uint16(scheme.code()));
        out.list16(authorities, out::opaque16);
    }
}
