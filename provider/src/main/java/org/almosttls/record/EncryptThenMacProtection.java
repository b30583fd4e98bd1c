package org.almosttls.record;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.ContentType;

/**
 * RFC 7366 §3: a fresh random IV, content and padding encrypted with AES-CBC, and the MAC over all of that. What does
 * not authenticate is never decrypted, so its padding is nobody's oracle.
 */
final class EncryptThenMacProtection implements RecordProtection {

    private static final int BLOCK = CbcChain.BLOCK;

    private final int version;
    private final CbcChain chain;
    private final RecordHmac mac;
    /** Sealing: the content's last partial block with padding behind it. */
    private final ByteBuffer tail = ByteBuffer.allocate(BLOCK);

    /** Owns {@code chain} and {@code mac}. */
    EncryptThenMacProtection(int version, CbcChain chain, RecordHmac mac) {
        this.version = version;
        this.chain = chain;
        this.mac = mac;
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
        return chain.openedBound(fragmentLength, mac.length());
    }

    @Override
    public int openedLeast(int fragmentLength) {
        return CbcChain.openedLeast(fragmentLength, mac.length());
    }

    @Override
    public void seal(ContentType type, ByteBuffer plaintext, ByteBuffer network) throws TlsAlertException {
        RecordHeader.write(type, version, fragmentLength(plaintext.remaining()), network);
        int start = network.position();
        int limit = network.limit();
        chain.start(network);
        chain.encryptWholeBlocks(plaintext, network);
        fillTail(plaintext);
        chain.encrypt(tail, network);
        network.limit(network.position()).position(start);
        mac.append(type, version, network);
        network.limit(limit);
    }

    private void fillTail(ByteBuffer content) {
        tail.clear().put(content);
        tail.limit(CbcChain.pad(tail.array(), tail.position())).position(0);
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
            byte[] text = chain.decrypt(fragment, length, length);
            int contentLength = contentLength(text, length);
            Violation.RECORD_TOO_LONG.when(contentLength > chain.mostContent());
            plaintext.put(text, 0, contentLength);
            return type;
        } finally {
            fragment.limit(end).position(end);
        }
    }

    /** Wrong padding under a right MAC is the peer's own mistake, and no secret of anybody's. */
    private static int contentLength(byte[] text, int length) throws TlsAlertException {
        int padding = text[length - 1] & 0xFF;
        Violation.BAD_RECORD.when(padding >= length);
        for (int i = length - 1 - padding; i < length; i++) Violation.BAD_RECORD.unless((text[i] & 0xFF) == padding);
        return length - 1 - padding;
    }

    @Override
    public void close() {
        chain.close();
        mac.close();
        tail.clear();
        Arrays.fill(tail.array(), (byte) 0);
    }
}
