package org.almosttls.extension;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 8446 §4.4.2.1, RFC 6066 §8: status_request beside a certificate, what its issuer has said of it not long ago. */
public record StatusResponse(int statusType, byte[] response) implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.STATUS_REQUEST;
    }

    public static StatusResponse ofOcsp(byte[] response) {
        return new StatusResponse(StatusRequest.OCSP, response);
    }

    /** Whether the response is DER of an OCSPResponse (RFC 6960). */
    public boolean isOcsp() {
        return statusType == StatusRequest.OCSP;
    }

    static StatusResponse decode(WireReader in) throws TlsAlertException {
        int statusType = in.uint8();
        return new StatusResponse(statusType, statusType == StatusRequest.OCSP ? in.opaque24(1) : in.rest());
    }

    @Override
    public void encode(WireWriter out) {
        out.uint8(statusType);
        if (isOcsp()) out.opaque24(response);
        else out.opaque(response);
    }
}
