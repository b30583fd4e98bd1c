package org.almosttls.crypto;

import org.almosttls.alert.TlsAlertException;

/**
 * What a server makes of a client's key share: its own share, and the secret that both come to. Whoever holds it closes
 * the secret.
 *
 * @param share a public key, for a key encapsulation mechanism the ciphertext, for a hybrid one behind the other
 */
public record Encapsulated(byte[] share, Secret secret) implements AutoCloseable {

    /** Of a key pair that is good for nothing else, and is closed here. */
    public static Encapsulated by(KeyAgreement own, byte[] clientShare) throws TlsAlertException {
        try (own) {
            return new Encapsulated(own.publicKey(), own.agree(clientShare));
        }
    }

    @Override
    public void close() {
        secret.close();
    }
}
