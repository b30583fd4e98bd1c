package org.almosttls.handshake.tls12.server;

import java.security.PrivateKey;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.crypto.KeyAgreement;
import org.almosttls.crypto.Secret;
import org.almosttls.handshake.tls12.Agreement;
import org.almosttls.message.ClientKeyExchange;
import org.almosttls.message.ClientKeyExchange.DhePublic;
import org.almosttls.message.ClientKeyExchange.EcdhePublic;
import org.almosttls.message.ClientKeyExchange.EncryptedPremasterSecret;

/** What turns the client's part of the key exchange into the premaster secret; good for one handshake. */
sealed interface ExchangeKey extends AutoCloseable {

    /** The premaster secret, which the caller closes. Slow. */
    Secret premaster(ClientKeyExchange message, Agreement agreement) throws TlsAlertException;

    @Override
    void close();

    /** The key in the certificate, which is the application's. */
    record Certified(PrivateKey key) implements ExchangeKey {

        /** RFC 5246 §7.4.7.1: what cannot be decrypted becomes a random secret, and fails only at Finished. */
        @Override
        public Secret premaster(ClientKeyExchange message, Agreement agreement) throws TlsAlertException {
            if (!(message instanceof EncryptedPremasterSecret secret)) throw Violation.UNEXPECTED_MESSAGE.exception();
            var config = agreement.config();
            int version = agreement.randoms().clientVersion().code();
            return config.crypto().rsaDecryptPremaster(key, secret.encrypted(), version, config.randomness());
        }

        @Override
        public void close() {}

        @Override
        public String toString() {
            return "Certified";
        }
    }

    /** A fresh key. */
    record Ephemeral(KeyAgreement agreement) implements ExchangeKey {

        /** RFC 8422 §5.10, RFC 5246 §8.1.2. */
        @Override
        public Secret premaster(ClientKeyExchange message, Agreement hellos) throws TlsAlertException {
            if (message instanceof EcdhePublic peer) return agreement.agree(peer.point());
            if (!(message instanceof DhePublic peer)) throw Violation.UNEXPECTED_MESSAGE.exception();
            try (var shared = agreement.agree(peer.publicValue())) {
                return shared.withoutLeadingZeroes();
            }
        }

        @Override
        public void close() {
            agreement.close();
        }

        @Override
        public String toString() {
            return "Ephemeral";
        }
    }
}
