package org.almosttls.handshake.tls12.client;

import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls12.Agreement;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.message.CertificateRequest;
import org.almosttls.message.ServerHelloDone;

/** The server's key is known; it may now ask for the client's certificate (RFC 5246 §7.4.4), or be done. */
record WaitCertificateRequest(Agreement agreement, ServerKey serverKey, Transcript transcript)
        implements HandshakeState {

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (in.message() instanceof CertificateRequest request) {
            var wanted = Optional.of(WantedCertificate.of(request, agreement.rules()));
            return Transition.to(new WaitServerHelloDone(agreement, serverKey, wanted, transcript.plus(in.bytes())));
        }
        if (in.message() instanceof ServerHelloDone) {
            return new WaitServerHelloDone(agreement, serverKey, Optional.empty(), transcript).receive(in);
        }
        throw unexpected(in);
    }
}
