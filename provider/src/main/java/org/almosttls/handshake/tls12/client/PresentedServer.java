package org.almosttls.handshake.tls12.client;

import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.PeerIdentity;
import org.almosttls.config.VerifiedPeer;
import org.almosttls.handshake.CertificateChain;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.LeafKey;
import org.almosttls.handshake.tls12.Agreement;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.message.Certificate;
import org.almosttls.registry.Role;

/** The certificates of a server that nobody has judged yet (RFC 5246 §7.4.2). */
record PresentedServer(Agreement agreement, Certificate certificate) {

    /** Good ones, by an agreement that says what they were judged by. */
    record Verified(Agreement agreement, VerifiedPeer server, Transcript transcript) implements Completion {

        HandshakeState next() {
            return switch (agreement.suite().keyExchange()) {
                case ECDHE, DHE -> new WaitServerKeyExchange(agreement, server, transcript);
                // RFC 5246 §7.4.3: it is not legal to send ServerKeyExchange for RSA.
                case RSA -> new WaitCertificateRequest(agreement, new ServerKey.Certified(server), transcript);
            };
        }
    }

    /** Slow. */
    Verified verify(List<byte[]> statusResponses, Transcript seen) throws TlsAlertException {
        var known = agreement.withStatus(statusResponses);
        var chain =
                CertificateChain.decode(certificate, agreement.config().policy().mostCertificates());
        var leaf = new LeafKey(chain.get(0));
        if (!leaf.serves(agreement.suite()))
            throw Violation.CERTIFICATE_KEY_UNFIT.exception(
                    leaf.key().getAlgorithm() + " for " + agreement.suite().suite());
        agreement.past().requireSame(chain);
        var identity = new PeerIdentity(Role.SERVER, chain, agreement.suite().authType(), known.facts());
        return new Verified(known, agreement.config().peerVerifier().verify(identity), seen);
    }
}
