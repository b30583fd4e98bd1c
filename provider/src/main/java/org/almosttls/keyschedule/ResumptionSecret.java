package org.almosttls.keyschedule;

import org.almosttls.crypto.Secret;

/** RFC 8446 §4.6.1: what the pre-shared keys of a session's tickets are made of. */
public final class ResumptionSecret implements AutoCloseable {

    private final Hkdf hkdf;
    private final Secret secret;

    /** Takes the secret over. */
    ResumptionSecret(Hkdf hkdf, Secret secret) {
        this.hkdf = hkdf;
        this.secret = secret;
    }

    /** @param nonce the ticket's, at most 255 octets */
    public Secret preSharedKey(byte[] nonce) {
        return hkdf.deriveSecret(secret, "resumption", nonce);
    }

    @Override
    public void close() {
        secret.close();
    }

    @Override
    public String toString() {
        return "ResumptionSecret";
    }
}
