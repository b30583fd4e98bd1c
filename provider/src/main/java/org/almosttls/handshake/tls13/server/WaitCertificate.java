package org.almosttls.handshake.tls13.server;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.PeerIdentity;
import org.almosttls.config.VerifiedPeer;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.LeafKey;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls13.CertificateCompressions;
import org.almosttls.handshake.tls13.Certificates;
import org.almosttls.handshake.tls13.ProofSchemes;
import org.almosttls.message.Certificate13;
import org.almosttls.registry.Role;

/** WAIT_CERT of RFC 8446 §A.2: the client was asked for a certificate, and must answer, if only with none (§4.4.2). */
record WaitCertificate(Inquiry inquiry) implements AwaitingClient {

    private record Verified(VerifiedPeer client, Inquiry inquiry) implements Completion {}

    @Override
    public Transition take(Received in) throws TlsAlertException {
        var asked = CertificateCompressions.offer(inquiry.agreement().config());
        var certificate = CertificateCompressions.received(in.message(), asked).orElseThrow(() -> unexpected(in));
        // RFC 8446 §4.4.2: nothing was asked of it but signature_algorithms, which nobody answers.
        Certificates.requireAsked(certificate, inquiry.requestContext(), type -> false);
        var seen = inquiry.plus(in.bytes());
        if (certificate.entries().isEmpty()) return onNone(seen);
        return Transition.to(this).delegate(() -> new Verified(verify(certificate), seen));
    }

    /** RFC 8446 §4.4.2.4: the server may go on without, or say certificate_required. */
    private Transition onNone(Inquiry seen) throws TlsAlertException {
        var config = inquiry.agreement().config();
        Violation.CERTIFICATE_REQUIRED.when(config.clientAuthentication() == ClientAuthentication.NEED);
        return Transition.to(new WaitFinished(seen));
    }

    private VerifiedPeer verify(Certificate13 certificate) throws TlsAlertException {
        var agreement = inquiry.agreement();
        var chain = Certificates.decode(certificate, agreement.config());
        var leaf = new LeafKey(chain.get(0));
        // RFC 8446 §4.4.2.3: it must be able to sign, with a scheme of the server's list.
        if (!leaf.signs() || !ProofSchemes.isAnyFor(leaf, agreement.config()))
            throw Violation.CERTIFICATE_KEY_UNFIT.exception(leaf.type() + " for client authentication");
        return agreement
                .config()
                .peerVerifier()
                .verify(new PeerIdentity(Role.CLIENT, chain, leaf.type(), agreement.facts()));
    }

    @Override
    public Transition resume(Completion completion) {
        var verified = (Verified) completion;
        return Transition.to(new WaitCertificateVerify(verified.inquiry.withPeer(verified.client.chain())));
    }
}
