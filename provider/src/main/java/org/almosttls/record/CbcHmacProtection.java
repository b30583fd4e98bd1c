package org.almosttls.record;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.ContentType;

/** RFC 5246 §6.2.3.2: a fresh random IV, then content, MAC and padding encrypted with AES-CBC. */
final class CbcHmacProtection implements RecordProtection {

    private static final int BLOCK = CbcChain.BLOCK;

    private final int version;
    private final CbcChain chain;
    private final RecordMac mac;
    /** Sealing: the content's last partial block with MAC and padding behind it. */
    private final ByteBuffer tail = ByteBuffer.allocate(6 * BLOCK);

    /**
     * Owns {@code chain} and {@code mac}.
     *
     * @param version of the records sealed, such as 0x0303
     */
    CbcHmacProtection(int version, CbcChain chain, RecordMac mac) {
        this.version = version;
        this.chain = chain;
        this.mac = mac;
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
        return chain.openedBound(fragmentLength, mac.length());
    }

    @Override
    public int openedLeast(int fragmentLength) {
        return CbcChain.openedLeast(fragmentLength, mac.length());
    }

    @Override
    public void seal(ContentType type, ByteBuffer plaintext, ByteBuffer network) throws TlsAlertException {
        int start = plaintext.position();
        int length = plaintext.remaining();
        mac.start(type, version, length).update(plaintext);
        RecordHeader.write(type, version, fragmentLength(length), network);
        chain.start(network);
        chain.encryptWholeBlocks(plaintext.position(start), network);
        fillTail(plaintext);
        chain.encrypt(tail, network);
    }

    private void fillTail(ByteBuffer content) {
        tail.clear().put(content);
        mac.tag(tail.array(), tail.position());
        tail.limit(CbcChain.pad(tail.array(), tail.position() + mac.length())).position(0);
    }

    @Override
    public ContentType open(ContentType type, int claimed, ByteBuffer fragment, ByteBuffer plaintext)
            throws TlsAlertException {
        int end = fragment.limit();
        int length = fragment.remaining() - BLOCK;
        try {
            Violation.BAD_RECORD.when(length <= mac.length() || length % BLOCK != 0);
            byte[] text = chain.decrypt(fragment, length, CbcRecordMac.LEAST_ROOM);
            int contentLength = mac.verifiedLength(type, claimed, text, length);
            Violation.RECORD_TOO_LONG.when(contentLength > chain.mostContent());
            plaintext.put(text, 0, contentLength);
            return type;
        } finally {
            fragment.position(end);
        }
    }

    /**
     * Of the fragment that was last refused, as long as its content is still here: whether it would be right as the
     * record of this number.
     */
    boolean wouldOpenAs(long number, ContentType type, int claimed, int fragmentLength) {
        int length = Math.max(fragmentLength - 1 & -BLOCK, mac.length() + BLOCK & -BLOCK);
        // What is too short or no whole blocks was not decrypted, but is worth the same work.
        boolean whole = fragmentLength - BLOCK == length;
        return mac.verifies(number, type, claimed, chain.text(Math.max(length, CbcRecordMac.LEAST_ROOM)), length)
                && whole;
    }

    @Override
    public void close() {
        chain.close();
        mac.close();
        Arrays.fill(tail.array(), (byte) 0);
    }
}
