package org.almosttls.handshake.almost.client;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.PeerIdentity;
import org.almosttls.config.TlsConfig;
import org.almosttls.config.VerifiedPeer;
import org.almosttls.crypto.Secret;
import org.almosttls.handshake.CertificateChain;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.LeafKey;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.almost.AlmostTls;
import org.almosttls.handshake.almost.Derived;
import org.almosttls.keyschedule.AlmostKeys;
import org.almosttls.message.Certificate;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.EncryptedMasterSecret;
import org.almosttls.record.Aligned;
import org.almosttls.registry.Role;

/**
 * Bob has said hello; Alice now says who she is. Only when a CA that he trusts says so too, and her name is the one he
 * meant, does he encrypt a master secret to her (AlmostTLSv1 §4).
 */
record WaitCertificate(TlsConfig config) implements HandshakeState {

    /** Alice is verified, and the secret is on its way to her. */
    private record Encrypted(EncryptedMasterSecret message, Derived derived, Aligned proof) implements Completion {
        @Override
        public void close() {
            derived.close();
        }
    }

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (!(in.message() instanceof Certificate certificate)) throw unexpected(in);
        Violation.SERVER_CERTIFICATE_MISSING.when(certificate.chain().isEmpty());
        // Alice speaks under keys next, so nothing of hers may be half received now.
        var proof = in.aligned();
        return Transition.to(this).delegate(() -> encrypt(verify(chain(certificate)), proof));
    }

    private List<X509Certificate> chain(Certificate certificate) throws TlsAlertException {
        return CertificateChain.decode(certificate, config.policy().mostCertificates());
    }

    private VerifiedPeer verify(List<X509Certificate> chain) throws TlsAlertException {
        var leaf = new LeafKey(chain.get(0));
        if (!leaf.type().equals(AlmostTls.KEY_TYPE) || !leaf.enciphers())
            throw Violation.CERTIFICATE_KEY_UNFIT.exception(
                    "AlmostTLSv1 encrypts to an RSA key, and this " + leaf.type() + " key is not for that");
        return config.peerVerifier()
                .verify(new PeerIdentity(Role.SERVER, chain, AlmostTls.KEY_TYPE, AlmostTls.facts(config)));
    }

    /** Takes a verified peer, which only the verifier makes, so that nothing is encrypted to anybody else. */
    private Encrypted encrypt(VerifiedPeer alice, Aligned proof) throws TlsAlertException {
        var masterSecret = Secret.owning(config.randomness().bytes(AlmostKeys.MASTER_SECRET_LENGTH));
        try {
            var encrypted = config.crypto()
                    .rsaOaepEncrypt(alice.certificate().getPublicKey(), masterSecret, config.randomness());
            return new Encrypted(
                    new EncryptedMasterSecret(encrypted), Derived.of(config, masterSecret, alice.chain()), proof);
        } catch (GeneralSecurityException unusable) {
            masterSecret.close();
            throw Violation.CERTIFICATE_KEY_UNFIT.causedBy(unusable);
        } catch (RuntimeException | Error broken) {
            masterSecret.close();
            throw broken;
        }
    }

    @Override
    public Transition resume(Completion completion) {
        var encrypted = (Encrypted) completion;
        var transition = Transition.to(new Connected()).send(EncodedMessage.of(encrypted.message));
        return encrypted.derived.protectedFrom(transition, encrypted.proof);
    }
}
