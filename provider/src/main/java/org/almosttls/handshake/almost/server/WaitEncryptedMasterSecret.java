package org.almosttls.handshake.almost.server;

import java.security.GeneralSecurityException;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.Credential;
import org.almosttls.config.TlsConfig;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.almost.Derived;
import org.almosttls.keyschedule.AlmostKeys;
import org.almosttls.message.EncryptedMasterSecret;
import org.almosttls.record.Aligned;

/** Alice has said who she is; Bob, if he believes it, sends the secret that only she can read (AlmostTLSv1 §4). */
record WaitEncryptedMasterSecret(TlsConfig config, Credential alice) implements HandshakeState {

    private record Decrypted(Derived derived, Aligned proof) implements Completion {
        @Override
        public void close() {
            derived.close();
        }
    }

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (!(in.message() instanceof EncryptedMasterSecret message)) throw unexpected(in);
        var proof = in.aligned();
        return Transition.to(this).delegate(() -> new Decrypted(decrypt(message), proof));
    }

    /** AlmostTLSv1 §4: of a wrong one she makes a secret that nobody knows, so that Bob's first record gives him away. */
    private Derived decrypt(EncryptedMasterSecret message) throws TlsAlertException {
        try {
            var masterSecret = config.crypto()
                    .rsaOaepDecrypt(
                            alice.key(), message.encrypted(), AlmostKeys.MASTER_SECRET_LENGTH, config.randomness());
            return Derived.of(config, masterSecret, alice.chain());
        } catch (GeneralSecurityException unusable) {
            throw Violation.INTERNAL.causedBy(unusable);
        }
    }

    @Override
    public Transition resume(Completion completion) {
        var decrypted = (Decrypted) completion;
        return decrypted.derived.protectedFrom(Transition.to(new Connected()), decrypted.proof);
    }
}
