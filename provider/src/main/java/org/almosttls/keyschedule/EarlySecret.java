package org.almosttls.keyschedule;

import org.almosttls.crypto.Secret;

/** RFC 8446 §7.1: the first stage, made of a pre-shared key, or of nothing if there is none. */
public final class EarlySecret implements AutoCloseable {

    private static final byte[] NO_SALT = {};
    private static final byte[] NO_MESSAGES = {};

    private final Hkdf hkdf;
    private final Secret secret;

    private EarlySecret(Hkdf hkdf, Secret preSharedKey) {
        this.hkdf = hkdf;
        this.secret = hkdf.extract(NO_SALT, preSharedKey);
    }

    /** The pre-shared key stays its owner's to close. */
    public static EarlySecret of(Hkdf hkdf, Secret preSharedKey) {
        return new EarlySecret(hkdf, preSharedKey);
    }

    public static EarlySecret withoutPreSharedKey(Hkdf hkdf) {
        try (var nothing = hkdf.nothing()) {
            return new EarlySecret(hkdf, nothing);
        }
    }

    /** RFC 8446 §4.2.11.2: what binds a key from an earlier session to this handshake. */
    public FinishedKey resumptionBinderKey() {
        return binderKey("res binder");
    }

    /** RFC 8446 §4.2.11.2: the same for a key that was shared by other means. */
    public FinishedKey externalBinderKey() {
        return binderKey("ext binder");
    }

    private FinishedKey binderKey(String label) {
        try (var key = hkdf.deriveSecret(secret, label, hkdf.crypto().hash(hkdf.hash(), NO_MESSAGES))) {
            return FinishedKey.of(hkdf, key);
        }
    }

    /** @param clientHello the transcript's hash up to and including ClientHello */
    public TrafficSecret clientEarlyTrafficSecret(byte[] clientHello) {
        return new TrafficSecret(hkdf, hkdf.deriveSecret(secret, "c e traffic", clientHello));
    }

    /** @param clientHello the transcript's hash up to and including ClientHello */
    public ExporterSecret earlyExporterMasterSecret(byte[] clientHello) {
        return new ExporterSecret(hkdf, hkdf.deriveSecret(secret, "e exp master", clientHello));
    }

    /** The next stage; the secret that the key exchange came to stays its owner's to close. */
    public HandshakeSecret handshakeSecret(Secret shared) {
        return new HandshakeSecret(hkdf, hkdf.extractNext(secret, shared));
    }

    @Override
    public void close() {
        secret.close();
    }

    @Override
    public String toString() {
        return "EarlySecret";
    }
}
