package org.almosttls.handshake.tls12;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.RenegotiationInfo;

/**
 * RFC 5746 §3.4, §3.6: in a first handshake renegotiation_info is empty. A peer without it is taken as it is, as the
 * platform does: an attack on it needs a renegotiation, and none is ever done here.
 */
public final class FirstHandshake {

    /** All that is ever said here. */
    public static final RenegotiationInfo NOTHING_BEFORE = new RenegotiationInfo(new byte[0]);

    private FirstHandshake() {}

    public static void require(Extensions extensions) throws TlsAlertException {
        var said = extensions.find(RenegotiationInfo.class);
        Violation.WRONG_RENEGOTIATION_INFO.when(said.isPresent() && said.get().renegotiatedConnection().length > 0);
    }
}
