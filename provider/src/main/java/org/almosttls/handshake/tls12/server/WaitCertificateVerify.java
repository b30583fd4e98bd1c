package org.almosttls.handshake.tls12.server;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.LeafKey;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls12.Secured;
import org.almosttls.message.CertificateVerify;

/** The client showed a certificate; it now proves that it has the key (RFC 5246 §7.4.8). */
record WaitCertificateVerify(Secured secured) implements HandshakeState {

    /** The transcript goes on with the message; the keys stay this state's. */
    private record Verified(byte[] message) implements Completion {}

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (!(in.message() instanceof CertificateVerify proof)) throw unexpected(in);
        var config = secured.agreement().config();
        var leaf = new LeafKey(secured.authenticated().peerChain().get(0));
        // RFC 5246 §7.4.8: a pair of the CertificateRequest, and one that the certificate can make.
        var scheme = secured.agreement().rules().meant(proof.scheme(), leaf);
        if (!config.signatureSchemes().contains(scheme) || !leaf.fits(scheme))
            throw Violation.SCHEME_NOT_OFFERED.exception(scheme.name());
        var signed = secured.transcript().messages();
        return Transition.to(this).delegate(() -> {
            Violation.WRONG_SIGNATURE.unless(config.crypto().verify(scheme, leaf.key(), proof.signature(), signed));
            return new Verified(in.bytes());
        });
    }

    @Override
    public Transition resume(Completion completion) {
        var next = secured.plus(((Verified) completion).message);
        return Transition.to(new WaitChangeCipherSpec(next, new WaitFinished(next)));
    }

    @Override
    public void close() {
        secured.close();
    }
}
