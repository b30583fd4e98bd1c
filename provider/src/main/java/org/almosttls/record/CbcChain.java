package org.almosttls.record;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.almosttls.crypto.BlockCipher;
import org.almosttls.crypto.Randomness;

/** RFC 5246 §6.2.3.2: one record's blocks chained behind its own random IV; which is in front of them in the record. */
final class CbcChain implements AutoCloseable {

    static final int BLOCK = 16;

    /** Octets of padding, with the one that tells its length. */
    private static final int MOST_PADDING = 256;

    private final BlockCipher cipher;
    private final Randomness randomness;
    private final int mostContent;
    private final byte[] iv = new byte[BLOCK];
    /** What was decrypted. */
    private ByteBuffer opened = ByteBuffer.allocate(0);

    /** For records of content as it is. Owns {@code cipher}. */
    CbcChain(BlockCipher cipher, Randomness randomness) {
        this(cipher, randomness, RecordReader.MAX_PLAINTEXT);
    }

    /** @param mostContent octets in a record that is opened */
    CbcChain(BlockCipher cipher, Randomness randomness, int mostContent) {
        this.cipher = cipher;
        this.randomness = randomness;
        this.mostContent = mostContent;
    }

    int mostContent() {
        return mostContent;
    }

    /** Begins a record: its IV must be unpredictable. */
    void start(ByteBuffer network) {
        randomness.secureRandom().nextBytes(iv);
        network.put(iv);
    }

    /** Encrypts the whole blocks at the front of {@code content}; what is left of it is less than one. */
    void encryptWholeBlocks(ByteBuffer content, ByteBuffer network) {
        int end = content.limit();
        content.limit(content.position() + (content.remaining() & -BLOCK));
        encrypt(content, network);
        content.limit(end);
    }

    /**
     * Fills {@code text} up to a whole block, with one octet at the least, and returns where that ends. RFC 5246
     * §6.2.3.2: every octet of the padding says how many come before the last one.
     */
    static int pad(byte[] text, int length) {
        int end = length + BLOCK & -BLOCK;
        Arrays.fill(text, length, end, (byte) (end - length - 1));
        return end;
    }

    /** The most octets of content in a fragment with IV, MAC, and at the least the octet of the padding's length. */
    int openedBound(int fragmentLength, int macLength) {
        return Math.min(Math.max(0, fragmentLength - BLOCK - macLength - 1), mostContent);
    }

    /** RFC 5246 §6.2.3.2: the octets of content in a fragment with the longest padding there is. */
    static int openedLeast(int fragmentLength, int macLength) {
        return Math.max(0, fragmentLength - BLOCK - macLength - MOST_PADDING);
    }

    /** Encrypts whole blocks, and leaves the last one as the IV of what follows. */
    void encrypt(ByteBuffer blocks, ByteBuffer network) {
        if (!blocks.hasRemaining()) return;
        try {
            cipher.process(iv, blocks, network);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        network.get(network.position() - BLOCK, iv);
    }

    /** Decrypts IV and whole blocks of this length; the text is in front of an array of at least {@code room} octets. */
    byte[] decrypt(ByteBuffer fragment, int length, int room) {
        byte[] text = text(Math.max(length, room));
        opened.clear().limit(length);
        fragment.get(iv);
        try {
            cipher.process(iv, fragment, opened);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return text;
    }

    /** What was last decrypted, in an array of at least {@code room} octets. */
    byte[] text(int room) {
        // Grows so that records which get longer and longer do not each want a new array.
        if (opened.capacity() < room) opened = ByteBuffer.allocate(Math.max(room, 2 * opened.capacity()));
        return opened.array();
    }

    @Override
    public void close() {
        cipher.close();
        Arrays.fill(opened.array(), (byte) 0);
    }
}
