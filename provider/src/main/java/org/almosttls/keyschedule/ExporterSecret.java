package org.almosttls.keyschedule;

import org.almosttls.crypto.Secret;

/** RFC 8446 §7.5: what keys for others than TLS are made of. */
public final class ExporterSecret implements AutoCloseable {

    private final Hkdf hkdf;
    private final Secret secret;

    /** Takes the secret over. */
    ExporterSecret(Hkdf hkdf, Secret secret) {
        this.hkdf = hkdf;
        this.secret = secret;
    }

    /**
     * RFC 8446 §7.5: an empty context is the same as none.
     *
     * @param label 1 to 249 characters of ASCII
     * @param length 1 to 255 times the hash's
     */
    public Secret export(String label, byte[] context, int length) {
        var crypto = hkdf.crypto();
        try (var labelled = hkdf.deriveSecret(secret, label, crypto.hash(hkdf.hash()))) {
            return hkdf.expandLabel(labelled, "exporter", crypto.hash(hkdf.hash(), context), length);
        }
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
        return "ExporterSecret";
    }
}
