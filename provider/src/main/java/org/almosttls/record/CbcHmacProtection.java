package org.almosttls.record;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.crypto.BlockCipher;
import org.almosttls.crypto.Randomness;
import org.almosttls.registry.ContentType;

/** RFC 5246 §6.2.3.2: a fresh random IV, then content, MAC and padding encrypted with AES-CBC. */
final class CbcHmacProtection implements RecordProtection {

    private static final int BLOCK = 16;

    private final int version;
    private final BlockCipher cipher;
    private final RecordMac mac;
    private final Randomness randomness;
    private final byte[] iv = new byte[BLOCK];
    /** Sealing: the content's last partial block with MAC and padding behind it. */
    private final ByteBuffer tail = ByteBuffer.allocate(6 * BLOCK);
    /** Opening: what was decrypted, until the MAC is known to be right. */
    private ByteBuffer opened = ByteBuffer.allocate(0);

    /**
     * Owns {@code cipher} and {@code mac}.
     *
     * @param version of the records sealed, such as 0x0303
     */
    CbcHmacProtection(int version, BlockCipher cipher, RecordMac mac, Randomness randomness) {
        this.version = version;
        this.cipher = cipher;
        this.mac = mac;
        this.randomness = randomness;
    }

    @Override
    public int sealedLength(int plaintextLength) {
        return RecordReader.HEADER_LENGTH + fragmentLength(plaintextLength);
    }

    /** The IV, and whole blocks that hold content, MAC and at least the octet of the padding's length. */
    private int fragmentLength(int plaintextLength) {
        return BLOCK + (plaintextLength + mac.length() + BLOCK & -BLOCK);
    }

    @Override
    public int openedBound(int fragmentLength) {
        return Math.min(Math.max(0, fragmentLength - BLOCK - mac.length() - 1), RecordReader.MAX_PLAINTEXT);
    }

    @Override
    public void seal(ContentType type, ByteBuffer plaintext, ByteBuffer network) throws TlsAlertException {
        int start = plaintext.position();
        int end = plaintext.limit();
        int length = end - start;
        mac.start(type, version, length).update(plaintext);
        RecordHeader.write(type, version, fragmentLength(length), network);
        // RFC 5246 §6.2.3.2: the IV of each record must be unpredictable.
        randomness.secureRandom().nextBytes(iv);
        network.put(iv);
        try {
            plaintext.position(start).limit(start + (length & -BLOCK));
            encrypt(plaintext, network);
            plaintext.limit(end);
            fillTail(plaintext);
            encrypt(tail, network);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Encrypts whole blocks, and leaves the last one as the IV of what follows. */
    private void encrypt(ByteBuffer blocks, ByteBuffer network) throws GeneralSecurityException {
        if (!blocks.hasRemaining()) return;
        cipher.process(iv, blocks, network);
        network.get(network.position() - BLOCK, iv);
    }

    private void fillTail(ByteBuffer content) {
        tail.clear().put(content);
        mac.tag(tail.array(), tail.position());
        int unpadded = tail.position() + mac.length();
        int end = unpadded + BLOCK & -BLOCK;
        // RFC 5246 §6.2.3.2: every octet of the padding says how many come before the last one.
        Arrays.fill(tail.array(), unpadded, end, (byte) (end - unpadded - 1));
        tail.position(0).limit(end);
    }

    @Override
    public ContentType open(ContentType type, int claimed, ByteBuffer fragment, ByteBuffer plaintext)
            throws TlsAlertException {
        int end = fragment.limit();
        int length = fragment.remaining() - BLOCK;
        try {
            Violation.BAD_RECORD.when(length <= mac.length() || length % BLOCK != 0);
            decrypt(fragment, length);
            int contentLength = mac.verifiedLength(type, claimed, opened.array(), length);
            Violation.RECORD_TOO_LONG.when(contentLength > RecordReader.MAX_PLAINTEXT);
            plaintext.put(opened.array(), 0, contentLength);
            return type;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            fragment.position(end);
        }
    }

    private void decrypt(ByteBuffer fragment, int length) throws GeneralSecurityException {
        if (opened.capacity() < length) opened = ByteBuffer.allocate(Math.max(length, CbcRecordMac.LEAST_ROOM));
        opened.clear().limit(length);
        fragment.get(iv);
        cipher.process(iv, fragment, opened);
    }

    /**
     * Of the fragment that was last refused, as long as its content is still here: whether it would be right as the
     * record of this number.
     */
    boolean wouldOpenAs(long number, ContentType type, int claimed, int fragmentLength) {
        int length = Math.max(fragmentLength - 1 & -BLOCK, mac.length() + BLOCK & -BLOCK);
        // What is too short or no whole blocks was not decrypted, but is worth the same work.
        boolean whole = fragmentLength - BLOCK == length;
        return mac.verifies(number, type, claimed, textOf(length), length) && whole;
    }

    private byte[] textOf(int length) {
        if (opened.capacity() < Math.max(length, CbcRecordMac.LEAST_ROOM))
            opened = ByteBuffer.allocate(Math.max(length, CbcRecordMac.LEAST_ROOM));
        return opened.array();
    }

    @Override
    public void close() {
        cipher.close();
        mac.close();
        Arrays.fill(opened.array(), (byte) 0);
        Arrays.fill(tail.array(), (byte) 0);
    }
}
