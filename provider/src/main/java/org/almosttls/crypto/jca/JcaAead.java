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

    private ByteBuffer aside = ByteBuffer.allocate(0);

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
        else if (mode == Cipher.DECRYPT_MODE && out.isDirect() && out.position() > 0) openAside(in, out);
        else cipher.doFinal(in, out);
    }

    /**
     * The JDK (25, for one) erases what AES-GCM refuses from the start of a buffer outside of the heap, instead of from
     * its position: what the application has in front of it would go too.
     */
    private void openAside(ByteBuffer in, ByteBuffer out) throws GeneralSecurityException {
        makeRoom(in.remaining());
        cipher.doFinal(in, aside);
        out.put(aside.flip());
    }

    private void open(ByteBuffer in, ByteBuffer out) throws GeneralSecurityException {
        int length = in.remaining();
        fromTheStart =
                fromTheStart.length < length ? new byte[Math.max(length, 2 * fromTheStart.length)] : fromTheStart;
        in.get(fromTheStart, 0, length);
        if (out.hasArray()) {
            int start = out.arrayOffset() + out.position();
            out.position(out.position() + cipher.doFinal(fromTheStart, 0, length, out.array(), start));
        } else {
            makeRoom(length);
            out.put(aside.array(), 0, cipher.doFinal(fromTheStart, 0, length, aside.array(), 0));
        }
    }

    /** Grows so that records which get longer and longer do not each want a new array. */
    private void makeRoom(int length) {
        if (aside.capacity() < length) aside = ByteBuffer.allocate(Math.max(length, 2 * aside.capacity()));
        aside.clear();
    }

    @Override
    public void close() {
        key.destroy();
        Arrays.fill(aside.array(), (byte) 0);
    }
}
