package org.almosttls.crypto.jca;

import javax.crypto.SecretKey;
import org.almosttls.crypto.Secret;

/** A secret in the form that JCA wants, with a copy of its own that {@link #destroy} erases. */
final class ErasableKey implements SecretKey {

    private static final long serialVersionUID = 1L;

    private final String algorithm;
    private final transient Secret secret;
    private transient volatile boolean destroyed;

    ErasableKey(String algorithm, Secret secret) {
        this.algorithm = algorithm;
        this.secret = Secret.owning(secret.bytes().clone());
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    @Override
    public byte[] getEncoded() {
        // Or a cipher started after close would take a key of zeroes.
        if (destroyed) throw new IllegalStateException("the key is erased");
        return secret.bytes().clone();
    }

    @Override
    public void destroy() {
        destroyed = true;
        secret.close();
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public String toString() {
        return algorithm + " " + secret;
    }
}
