package org.almosttls.extension;

import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/**
 * RFC 6066 §8: the client would like to see an OCSP response for the server's certificate.
 *
 * @param responders whose responses the client trusts, empty for those it knows anyway
 * @param requestExtensions for the responder, DER or empty
 */
public record StatusRequest(List<byte[]> responders, byte[] requestExtensions) implements Extension {

    /** The only kind of status that this extension ever got. */
    public static final int OCSP = 1;

    /** From any responder. */
    public static final StatusRequest PLAIN = new StatusRequest(List.of(), new byte[0]);

    @Override
    public ExtensionType type() {
        return ExtensionType.STATUS_REQUEST;
    }

    /** A kind of status that is not known here asks for nothing that can be given. */
    static Extension decode(WireReader in) throws TlsAlertException {
        int statusType = in.uint8();
        if (statusType == OCSP) return new StatusRequest(in.list16(0, each -> each.opaque16(1)), in.opaque16(0));
        byte[] request = in.rest();
        byte[] whole = new byte[1 + request.length];
        whole[0] = (byte) statusType;
        System.arraycopy(request, 0, whole, 1, request.length);
        return new UnknownExtension(ExtensionType.STATUS_REQUEST, whole);
    }

    @Override
    public void encode(WireWriter out) {
        out.uint8(OCSP);
        out.list16(responders, out::opaque16);
        out.opaque16(requestExtensions);
    }
}
