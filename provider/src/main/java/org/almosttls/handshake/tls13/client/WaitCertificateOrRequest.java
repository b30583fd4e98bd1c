package org.almosttls.handshake.tls13.client;

import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.extension.Extensions;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls13.DuringHandshake;
import org.almosttls.handshake.tls13.Encrypted;
import org.almosttls.message.CertificateRequest13;

/**
 * WAIT_CERT_CR of RFC 8446 §A.1: the server may ask for the client's certificate (§4.3.2), or says who it is at once.
 *
 * @param offered the extensions of the client's hello
 */
record WaitCertificateOrRequest(Encrypted handshake, Extensions offered) implements DuringHandshake {

    @Override
    public Transition take(Received in) throws TlsAlertException {
        if (!(in.message() instanceof CertificateRequest13 request))
            return new WaitCertificate(handshake, offered, Optional.empty()).take(in);
        // RFC 8446 §4.3.2: empty unless it comes after the handshake.
        Violation.CERTIFICATE_CONTEXT_WRONG.when(request.requestContext().length > 0);
        var wanted = WantedCertificate.of(request);
        return Transition.to(new WaitCertificate(handshake.plus(in.bytes()), offered, Optional.of(wanted)));
    }

    @Override
    public void close() {
        handshake.close();
    }
}
