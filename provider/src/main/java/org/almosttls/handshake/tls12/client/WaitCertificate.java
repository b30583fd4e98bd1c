package org.almosttls.handshake.tls12.client;

import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls12.Agreement;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.message.Certificate;

/**
 * The hellos agree; the server now says who it is (RFC 5246 §7.4.2).
 *
 * @param statusPromised RFC 6066 §8: whether CertificateStatus may follow, to be judged by together with the certificate
 */
record WaitCertificate(Agreement agreement, boolean statusPromised, Transcript transcript) implements HandshakeState {

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (!(in.message() instanceof Certificate certificate)) throw unexpected(in);
        Violation.SERVER_CERTIFICATE_MISSING.when(certificate.chain().isEmpty());
        var server = new PresentedServer(agreement, certificate);
        var seen = transcript.plus(in.bytes());
        return statusPromised
                ? Transition.to(new WaitCertificateStatus(server, seen))
                : Transition.to(this).delegate(() -> server.verify(List.of(), seen));
    }

    @Override
    public Transition resume(Completion completion) {
        return Transition.to(((PresentedServer.Verified) completion).next());
    }
}
