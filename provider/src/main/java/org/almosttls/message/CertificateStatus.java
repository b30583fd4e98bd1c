package org.almosttls.message;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.HandshakeType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/**
 * RFC 6066 §8: what the issuer has said of the server's certificate not long ago.
 *
 * @param response DER of an OCSPResponse (RFC 6960) where {@code statusType} says so
 */
public record CertificateStatus(int statusType, byte[] response) implements HandshakeMessage {

    private static final int OCSP = 1;

    public static CertificateStatus ofOcsp(byte[] response) {
        return new CertificateStatus(OCSP, response);
    }

    public boolean isOcsp() {
        return statusType == OCSP;
    }

    @Override
    public HandshakeType type() {
        return HandshakeType.CERTIFICATE_STATUS;
    }

    static CertificateStatus decode(WireReader in) throws TlsAlertException {
        int statusType = in.uint8();
        return new CertificateStatus(statusType, statusType == OCSP ? in.opaque24(1) : in.rest());
    }

    @Override
    public void encode(WireWriter out) {
        out.uint8(statusType);
        if (isOcsp()) out.opaque24(response);
        else out.opaque(response);
    }
}
