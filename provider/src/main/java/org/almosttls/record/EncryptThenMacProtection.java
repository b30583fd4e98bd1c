package org.almosttls.record;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.crypto.BlockCipher;
import org.almosttls.crypto.Randomness;
import org.almosttls.registry.ContentType;

/**
 * RFC 7366 §3: a fresh random IV, content and padding encrypted with AES-CBC, and the MAC over all of that. What does
 * not authenticate is never decrypted, so its padding is nobody's oracle.
 */
final class EncryptThenMacProtection implements RecordProtection {

    private static final int BLOCK = 16;

    private final int version;
    private final BlockCipher cipher;
    private final RecordHmac mac;
    private final Randomness randomness;
    private final byte[] iv = new byte[BLOCK];
    /** Sealing: the content's last partial block with padding behind it. */
    private final ByteBuffer tail = ByteBuffer.allocate(BLOCK);
    /** Opening: what was decrypted. */
    private ByteBuffer opened = ByteBuffer.allocate(0);

    /** Owns {@code cipher} and {@code mac}. */
    EncryptThenMacProtection(int version, BlockCipher cipher, RecordHmac mac, Randomness randomness) {
        this.version = version;
        this.cipher = cipher;
        this.mac = mac;
        this.randomness = randomness;
    }

    @Override
    public int sealedLength(int plaintextLength) {
        return RecordReader.HEADER_LENGTH + fragmentLength(plaintextLength);
    }

    /** IV, whole blocks that hold content and at least the octet of the padding's length, MAC. */
    private int fragmentLength(int plaintextLength) {
        return BLOCK + (plaintextLength + BLOCK & -BLOCK) + mac.length();
    }

    @Override
    public int openedBound(int fragmentLength) {
        return Math.min(Math.max(0, fragmentLength - BLOCK - mac.length() - 1), RecordReader.MAX_PLAINTEXT);
    }

    @Override
    public void seal(ContentType type, ByteBuffer plaintext, ByteBuffer network) throws TlsAlertException {
        int end = plaintext.limit();
        int length = plaintext.remaining();
        RecordHeader.write(type, version, fragmentLength(length), network);
        int start = network.position();
        int limit = network.limit();
        randomness.secureRandom().nextBytes(iv);
        network.put(iv);
        try {
            plaintext.limit(plaintext.position() + (length & -BLOCK));
            encrypt(plaintext, network);
            plaintext.limit(end);
            fillTail(plaintext);
            encrypt(tail, network);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        network.limit(network.position()).position(start);
        mac.append(type, version, network);
        network.limit(limit);
    }

    /** Encrypts whole blocks, and leaves the last one as the IV of what follows. */
    private void encrypt(ByteBuffer blocks, ByteBuffer network) throws GeneralSecurityException {
        if (!blocks.hasRemaining()) return;
        cipher.process(iv, blocks, network);
        network.get(network.position() - BLOCK, iv);
    }

    /** RFC 5246 §6.2.3.2: every octet of the padding says how many come before the last one. */
    private void fillTail(ByteBuffer content) {
        tail.clear().put(content);
        Arrays.fill(tail.array(), tail.position(), BLOCK, (byte) (BLOCK - tail.position() - 1));
        tail.clear();
    }

    @Override
    public ContentType open(ContentType type, int claimed, ByteBuffer fragment, ByteBuffer plaintext)
            throws TlsAlertException {
        int end = fragment.limit();
        int length = fragment.remaining() - BLOCK - mac.length();
        try {
            Violation.BAD_RECORD.when(length < BLOCK || length % BLOCK != 0);
            Violation.BAD_RECORD.unless(mac.verify(type, claimed, fragment));
            fragment.limit(end - mac.length());
            decrypt(fragment, length);
            int contentLength = contentLength(length);
            Violation.RECORD_TOO_LONG.when(contentLength > RecordReader.MAX_PLAINTEXT);
            plaintext.put(opened.array(), 0, contentLength);
            return type;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            fragment.limit(end).position(end);
        }
    }

    private void decrypt(ByteBuffer fragment, int length) throws GeneralSecurityException {
        if (opened.capacity() < length) opened = ByteBuffer.allocate(length);
        opened.clear().limit(length);
        fragment.get(iv);
        cipher.process(iv, fragment, opened);
    }

    /** Wrong padding under a right MAC is the peer's own mistake, and no secret of anybody's. */
    private int contentLength(int length) throws TlsAlertException {
        byte[] text = opened.array();
        int padding = text[length - 1] & 0xFF;
        Violation.BAD_RECORD.when(padding >= length);
        for (int i = length - 1 - padding; i < length; i++) Violation.BAD_RECORD.unless((text[i] & 0xFF) == padding);
        return length - 1 - padding;
    }

    @Override
    public void close() {
        cipher.close();
        mac.close();
        Arrays.fill(opened.array(), (byte) 0);
        tail.clear();
        Arrays.fill(tail.array(), (byte) 0);
    }
}
