package org.almosttls.crypto.jca;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.almosttls.crypto.Aead;
import org.almosttls.crypto.Secret;

/** AES-GCM with a tag of 16 octets by {@code javax.crypto.Cipher}. */
final class JcaAead implements Aead {

    private static final int TAG_BITS = 128;

    private final ErasableKey key;
    private final Cipher cipher;
    private final int mode;

    JcaAead(Direction direction, Secret secret) throws GeneralSecurityException {
        key = new ErasableKey("AES", secret);
        cipher = Cipher.getInstance("AES/GCM/NoPadding");
        mode = direction == Direction.SEAL ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
    }

    @Override
    public void start(byte[] nonce, byte[] additionalData, int additionalDataLength) throws GeneralSecurityException {
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(additionalData, 0, additionalDataLength);
    }

    @Override
    public void update(ByteBuffer in, ByteBuffer out) throws GeneralSecurityException {
        cipher.update(in, out);
    }

    @Override
    public void finish(ByteBuffer in, ByteBuffer out) throws GeneralSecurityException {
        cipher.doFinal(in, out);
    }

    @Override
    public void close() {
        key.destroy();
    }
}
