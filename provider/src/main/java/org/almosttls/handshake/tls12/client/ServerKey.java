package org.almosttls.handshake.tls12.client;

import java.security.GeneralSecurityException;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.VerifiedPeer;
import org.almosttls.crypto.FiniteField;
import org.almosttls.crypto.Secret;
import org.almosttls.handshake.tls12.Agreement;
import org.almosttls.message.ClientKeyExchange;
import org.almosttls.message.ClientKeyExchange.DhePublic;
import org.almosttls.message.ClientKeyExchange.EcdhePublic;
import org.almosttls.message.ClientKeyExchange.EncryptedPremasterSecret;
import org.almosttls.message.ServerKeyExchange;
import org.almosttls.message.ServerParams.ServerDhParams;
import org.almosttls.message.ServerParams.ServerEcdhParams;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.SignatureScheme;

/** The server's key to exchange secrets with, known to be its own. */
sealed interface ServerKey {

    VerifiedPeer server();

    /** The client's part of the exchange. */
    Exchanged exchange(Agreement agreement) throws TlsAlertException;

    default Optional<NamedGroup> group() {
        return Optional.empty();
    }

    default Optional<SignatureScheme> scheme() {
        return Optional.empty();
    }

    /** What to send, and the premaster secret, which the receiver closes. */
    record Exchanged(ClientKeyExchange message, Secret premaster) {}

    /** The key in the certificate. */
    record Certified(VerifiedPeer server) implements ServerKey {

        private static final int LENGTH = 48;

        /** RFC 5246 §7.4.7.1: the version that the hello offered and 46 random octets, under the server's key. */
        @Override
        public Exchanged exchange(Agreement agreement) throws TlsAlertException {
            var config = agreement.config();
            int version = agreement.randoms().clientVersion().code();
            byte[] premaster = config.randomness().bytes(LENGTH);
            premaster[0] = (byte) (version >>> 8);
            premaster[1] = (byte) version;
            var secret = Secret.owning(premaster);
            try {
                var encrypted =
                        config.crypto().rsaEncrypt(server.certificate().getPublicKey(), secret, config.randomness());
                return new Exchanged(new EncryptedPremasterSecret(encrypted), secret);
            } catch (GeneralSecurityException unusable) {
                secret.close();
                throw Violation.CERTIFICATE_KEY_UNFIT.causedBy(unusable);
            }
        }
    }

    /**
     * A fresh key, which the key in the certificate has signed. Made only where that is verified.
     *
     * @param signatureScheme the signature's, said or implied
     * @param group the name of its curve or field, if it has one
     */
    record Ephemeral(
            VerifiedPeer server, ServerKeyExchange signed, SignatureScheme signatureScheme, Optional<NamedGroup> group)
            implements ServerKey {

        /** RFC 8422 §5.7, RFC 5246 §7.4.7.2: a fresh key of the client's in the same group. */
        @Override
        public Exchanged exchange(Agreement agreement) throws TlsAlertException {
            return signed.params() instanceof ServerEcdhParams ecdh
                    ? exchange(agreement, ecdh)
                    : exchange(agreement, (ServerDhParams) signed.params());
        }

        private static Exchanged exchange(Agreement agreement, ServerEcdhParams params) throws TlsAlertException {
            var config = agreement.config();
            try (var own = config.crypto().keyAgreement(params.group(), config.randomness())) {
                return new Exchanged(new EcdhePublic(own.publicKey()), own.agree(params.point()));
            } catch (GeneralSecurityException unavailable) {
                throw Violation.INTERNAL.causedBy(unavailable);
            }
        }

        private static Exchanged exchange(Agreement agreement, ServerDhParams params) throws TlsAlertException {
            var config = agreement.config();
            var field = new FiniteField(params.prime(), params.generator());
            try (var own = config.crypto().keyAgreement(field, config.randomness());
                    var shared = own.agree(params.publicValue())) {
                return new Exchanged(new DhePublic(own.publicKey()), shared.withoutLeadingZeroes());
            }
        }

        @Override
        public Optional<SignatureScheme> scheme() {
            return Optional.of(signatureScheme);
        }
    }
}
