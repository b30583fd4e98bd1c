package org.almosttls.handshake.tls12.client;

import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls12.client.PresentedServer.Verified;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.message.CertificateRequest;
import org.almosttls.message.CertificateStatus;
import org.almosttls.message.ServerHelloDone;
import org.almosttls.message.ServerKeyExchange;

/** The server has shown its certificate; what the issuer says of that may come now (RFC 6066 §8), or what comes anyway. */
record WaitCertificateStatus(PresentedServer server, Transcript transcript) implements HandshakeState {

    /** @param early what has come instead of CertificateStatus */
    private record Judged(Verified verified, Optional<Received> early) implements Completion {}

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (in.message() instanceof CertificateStatus status) return onStatus(status, in);
        // RFC 6066 §8: a server may send no CertificateStatus although it promised.
        if (!mayFollowCertificate(in)) throw unexpected(in);
        return Transition.to(this).delegate(() -> new Judged(server.verify(List.of(), transcript), Optional.of(in)));
    }

    private Transition onStatus(CertificateStatus status, Received in) throws TlsAlertException {
        // RFC 6066 §8: what was asked for is OCSP.
        if (!status.isOcsp()) throw Violation.STATUS_TYPE_NOT_REQUESTED.exception("type " + status.statusType());
        var seen = transcript.plus(in.bytes());
        return Transition.to(this)
                .delegate(() -> new Judged(server.verify(List.of(status.response()), seen), Optional.empty()));
    }

    private boolean mayFollowCertificate(Received in) {
        return server.agreement().suite().keyExchange().isEphemeral()
                ? in.message() instanceof ServerKeyExchange
                : in.message() instanceof CertificateRequest || in.message() instanceof ServerHelloDone;
    }

    @Override
    public Transition resume(Completion completion) throws TlsAlertException {
        var judged = (Judged) completion;
        var next = judged.verified.next();
        return judged.early.isPresent() ? next.receive(judged.early.get()) : Transition.to(next);
    }
}
