package org.almosttls.keyschedule;

import org.almosttls.crypto.Secret;
import org.almosttls.registry.Role;

/** RFC 8446 §7.1: the second stage, which the key exchange has gone into. */
public final class HandshakeSecret implements AutoCloseable {

    private final Hkdf hkdf;
    private final Secret secret;

    /** Takes the secret over. */
    HandshakeSecret(Hkdf hkdf, Secret secret) {
        this.hkdf = hkdf;
        this.secret = secret;
    }

    /**
     * What protects the handshake messages of {@code sender}.
     *
     * @param hellos the transcript's hash up to and including ServerHello
     */
    public TrafficSecret trafficSecret(Role sender, byte[] hellos) {
        String label = sender == Role.CLIENT ? "c hs traffic" : "s hs traffic";
        return new TrafficSecret(hkdf, hkdf.deriveSecret(secret, label, hellos));
    }

    /** The last stage. */
    public MasterSecret masterSecret() {
        try (var nothing = hkdf.nothing()) {
            return new MasterSecret(hkdf, hkdf.extractNext(secret, nothing));
        }
    }

    @Override
    public void close() {
        secret.close();
    }

    @Override
    public String toString() {
        return "HandshakeSecret";
    }
}
