package org.almosttls.crypto.jca;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import org.almosttls.crypto.Aead.Direction;
import org.almosttls.crypto.BlockCipher;
import org.almosttls.crypto.Secret;

/**
 * AES-CBC by {@code javax.crypto.Cipher}, initialised once: the cipher's chain is bent to each IV instead, since
 * initialising anew would allocate per record.
 */
final class JcaBlockCipher implements BlockCipher {

    private static final int BLOCK = 16;

    private final ErasableKey key;
    private final Cipher cipher;
    private final Direction direction;
    /** The ciphertext block that the cipher will chain to. */
    private final byte[] chained = new byte[BLOCK];

    private final byte[] input = new byte[BLOCK];
    private final byte[] output = new byte[BLOCK];

    JcaBlockCipher(Direction direction, Secret secret) throws GeneralSecurityException {
        this.direction = direction;
        key = new ErasableKey("AES", secret);
        cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(
                direction == Direction.SEAL ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE,
                key,
                new IvParameterSpec(chained));
    }

    @Override
    public void process(byte[] iv, ByteBuffer in, ByteBuffer out) throws GeneralSecurityException {
        if (in.remaining() % BLOCK != 0) throw new IllegalArgumentException("not whole blocks: " + in.remaining());
        if (direction == Direction.SEAL) encrypt(iv, in, out);
        else decrypt(iv, in, out);
    }

    /** The first block cancels what the cipher would chain to and brings the IV in its place. */
    private void encrypt(byte[] iv, ByteBuffer in, ByteBuffer out) throws GeneralSecurityException {
        if (!in.hasRemaining()) return;
        in.get(input);
        for (int i = 0; i < BLOCK; i++) input[i] ^= (byte) (iv[i] ^ chained[i]);
        whole(BLOCK, cipher.update(input, 0, BLOCK, output, 0));
        out.put(output);
        if (in.hasRemaining()) whole(in.remaining(), cipher.update(in, out));
        out.get(out.position() - BLOCK, chained);
    }

    /** Decrypting chains to the ciphertext before, so the IV is fed as such and its own decryption dropped. */
    private void decrypt(byte[] iv, ByteBuffer in, ByteBuffer out) throws GeneralSecurityException {
        whole(BLOCK, cipher.update(iv, 0, BLOCK, output, 0));
        if (in.hasRemaining()) whole(in.remaining(), cipher.update(in, out));
    }

    private static void whole(int expected, int produced) throws GeneralSecurityException {
        if (produced != expected) throw new GeneralSecurityException("the cipher held octets back");
    }

    @Override
    public void close() {
        key.destroy();
    }
}
