package org.almosttls.keyschedule;

import org.almosttls.crypto.RecordKeys;
import org.almosttls.crypto.Secret;
import org.almosttls.registry.Tls13Suite;

/** RFC 8446 §7.1: what protects the records of one sender in one phase of a connection. */
public final class TrafficSecret implements AutoCloseable {

    private static final byte[] NO_CONTEXT = {};

    private final Hkdf hkdf;
    private final Secret secret;

    /** Takes the secret over. */
    TrafficSecret(Hkdf hkdf, Secret secret) {
        this.hkdf = hkdf;
        this.secret = secret;
    }

    /** RFC 8446 §7.3: the key and the IV, which whoever asks closes. */
    public RecordKeys recordKeys(Tls13Suite suite) {
        return new RecordKeys(
                Secret.owning(new byte[0]),
                hkdf.expandLabel(secret, "key", NO_CONTEXT, suite.cipher().keyLength()),
                hkdf.expandLabel(secret, "iv", NO_CONTEXT, Tls13Suite.IV_LENGTH));
    }

    /** RFC 8446 §4.4.4: what the Finished of the same sender is made with; only of the handshake's phase. */
    public FinishedKey finishedKey() {
        return FinishedKey.of(hkdf, secret);
    }

    /** RFC 8446 §7.2: what follows it when the sender updates its keys. */
    public TrafficSecret next() {
        return new TrafficSecret(hkdf, hkdf.deriveSecret(secret, "traffic upd", NO_CONTEXT));
    }

    /** The octets themselves, which stay ours to close: for the key log. */
    public Secret secret() {
        return secret;
    }

    @Override
    public void close() {
        secret.close();
    }

    @Override
    public String toString() {
        return "TrafficSecret";
    }
}
