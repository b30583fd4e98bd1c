package org.almosttls.handshake.tls12.client;

import java.security.cert.X509Certificate;
import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.PeerIdentity;
import org.almosttls.config.VerifiedPeer;
import org.almosttls.handshake.CertificateChain;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.LeafKey;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls12.Agreement;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.message.Certificate;
import org.almosttls.registry.Role;

/** The hellos agree; the server now says who it is (RFC 5246 §7.4.2). */
record WaitCertificate(Agreement agreement, Transcript transcript) implements HandshakeState {

    private record Verified(VerifiedPeer server, Transcript transcript) implements Completion {}

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (!(in.message() instanceof Certificate certificate)) throw unexpected(in);
        Violation.SERVER_CERTIFICATE_MISSING.when(certificate.chain().isEmpty());
        var seen = transcript.plus(in.bytes());
        return Transition.to(this).delegate(() -> new Verified(verify(chain(certificate)), seen));
    }

    private List<X509Certificate> chain(Certificate certificate) throws TlsAlertException {
        return CertificateChain.decode(certificate, agreement.config().policy().mostCertificates());
    }

    private VerifiedPeer verify(List<X509Certificate> chain) throws TlsAlertException {
        var leaf = new LeafKey(chain.get(0));
        if (!leaf.serves(agreement.suite()))
            throw Violation.CERTIFICATE_KEY_UNFIT.exception(
                    leaf.key().getAlgorithm() + " for " + agreement.suite().suite());
        agreement.past().requireSame(chain);
        return agreement
                .config()
                .peerVerifier()
                .verify(new PeerIdentity(Role.SERVER, chain, agreement.suite().authType(), agreement.facts()));
    }

    @Override
    public Transition resume(Completion completion) {
        var verified = (Verified) completion;
        return switch (agreement.suite().keyExchange()) {
            case ECDHE, DHE ->
                Transition.to(new WaitServerKeyExchange(agreement, verified.server, verified.transcript));
            // RFC 5246 §7.4.3: it is not legal to send ServerKeyExchange for RSA.
            case RSA ->
                Transition.to(new WaitCertificateRequest(
                        agreement, new ServerKey.Certified(verified.server), verified.transcript));
        };
    }
}
