package org.almosttls.handshake.tls12.server;

import java.security.cert.X509Certificate;
import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.PeerIdentity;
import org.almosttls.config.VerifiedPeer;
import org.almosttls.handshake.CertificateChain;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.LeafKey;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.message.Certificate;
import org.almosttls.registry.Role;

/** The client was asked for a certificate; it must answer, if only with none (RFC 5246 §7.4.6). */
record WaitCertificate(Exchange exchange) implements HandshakeState {

    private record Verified(VerifiedPeer client, Exchange exchange) implements Completion {}

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (!(in.message() instanceof Certificate certificate)) throw unexpected(in);
        var seen = exchange.plus(in.bytes());
        if (certificate.chain().isEmpty()) return onNone(seen);
        return Transition.to(this).delegate(() -> new Verified(verify(chain(certificate)), seen));
    }

    /** RFC 5246 §7.4.6: the server may go on without, or say handshake_failure. */
    private Transition onNone(Exchange seen) throws TlsAlertException {
        var config = exchange.agreement().config();
        Violation.CERTIFICATE_MISSING.when(config.clientAuthentication() == ClientAuthentication.NEED);
        return Transition.to(new WaitClientKeyExchange(seen));
    }

    private List<X509Certificate> chain(Certificate certificate) throws TlsAlertException {
        return CertificateChain.decode(
                certificate, exchange.agreement().config().policy().mostCertificates());
    }

    private VerifiedPeer verify(List<X509Certificate> chain) throws TlsAlertException {
        var agreement = exchange.agreement();
        var leaf = new LeafKey(chain.get(0));
        // RFC 5246 §7.4.6: it must be able to sign, with a scheme of the server's list.
        if (!leaf.signs() || agreement.config().signatureSchemes().stream().noneMatch(leaf::fits))
            throw Violation.CERTIFICATE_KEY_UNFIT.exception(leaf.type() + " for client authentication");
        agreement.past().requireSame(chain);
        return agreement
                .config()
                .peerVerifier()
                .verify(new PeerIdentity(Role.CLIENT, chain, leaf.type(), agreement.facts()));
    }

    @Override
    public Transition resume(Completion completion) {
        var verified = (Verified) completion;
        return Transition.to(new WaitClientKeyExchange(verified.exchange.withPeer(verified.client.chain())));
    }

    @Override
    public void close() {
        exchange.close();
    }
}
