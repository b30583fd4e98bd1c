package org.almosttls.crypto.jca;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.function.Function;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import org.almosttls.crypto.Aead;
import org.almosttls.crypto.Secret;

/** AES-GCM or ChaCha20-Poly1305 with a tag of 16 octets by {@code javax.crypto.Cipher}. */
final class JcaAead implements Aead {

    private static final int TAG_BITS = 128;
    private static final String CHACHA20 = "ChaCha20";

    private final ErasableKey key;
    private final Cipher cipher;
    private final int mode;
    private final Function<byte[], AlgorithmParameterSpec> parametersOf;
    /** The JDK opens ChaCha20-Poly1305 without a copy of its own only from the start of an array. */
    private byte[] fromTheStart = {};

    private byte[] opened = {};

    private JcaAead(
            Cipher cipher,
            Direction direction,
            ErasableKey key,
            Function<byte[], AlgorithmParameterSpec> parametersOf) {
        this.cipher = cipher;
        this.key = key;
        this.parametersOf = parametersOf;
        mode = direction == Direction.SEAL ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
    }

    static JcaAead aesGcm(Direction direction, Secret secret) throws GeneralSecurityException {
        return new JcaAead(
                Cipher.getInstance("AES/GCM/NoPadding"),
                direction,
                new ErasableKey("AES", secret),
                nonce -> new GCMParameterSpec(TAG_BITS, nonce));
    }

    static JcaAead chaCha20Poly1305(Direction direction, Secret secret) throws GeneralSecurityException {
        return new JcaAead(
                Cipher.getInstance("ChaCha20-Poly1305"),
                direction,
                new ErasableKey(CHACHA20, secret),
                IvParameterSpec::new);
    }

    @Override
    public void start(byte[] nonce, byte[] additionalData, int additionalDataLength) throws GeneralSecurityException {
        cipher.init(mode, key, parametersOf.apply(nonce));
        cipher.updateAAD(additionalData, 0, additionalDataLength);
    }

    @Override
    public void update(ByteBuffer in, ByteBuffer out) throws GeneralSecurityException {
        cipher.update(in, out);
    }

    @Override
    public void finish(ByteBuffer in, ByteBuffer out) throws GeneralSecurityException {
        if (mode == Cipher.DECRYPT_MODE && key.getAlgorithm().equals(CHACHA20)) open(in, out);
        else cipher.doFinal(in, out);
    }

    private void open(ByteBuffer in, ByteBuffer out) throws GeneralSecurityException {
        int length = in.remaining();
        fromTheStart = roomFor(length, fromTheStart);
        in.get(fromTheStart, 0, length);
        if (out.hasArray()) {
            int start = out.arrayOffset() + out.position();
            out.position(out.position() + cipher.doFinal(fromTheStart, 0, length, out.array(), start));
        } else {
            opened = roomFor(length, opened);
            out.put(opened, 0, cipher.doFinal(fromTheStart, 0, length, opened, 0));
        }
    }

    /** Grows so that records which get longer and longer do not each want a new array. */
    private static byte[] roomFor(int length, byte[] present) {
        return present.length >= length ? present : new byte[Math.max(length, 2 * present.length)];
    }

    @Override
    public void close() {
        key.destroy();
        Arrays.fill(opened, (byte) 0);
    }
}
