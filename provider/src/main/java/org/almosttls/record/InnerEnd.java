package org.almosttls.record;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import org.almosttls.crypto.Aead;
import org.almosttls.registry.ContentType;

/** RFC 8446 §5.2: what is encrypted behind the content of a record: the octet of its type, and zeroes. */
final class InnerEnd {

    static final int TYPE = 1;
    private static final byte[] ZEROES = new byte[RecordPadding.MOST];

    private final ByteBuffer type = ByteBuffer.allocate(TYPE);
    private final ByteBuffer zeroes = ByteBuffer.wrap(ZEROES);
    private RecordPadding padding;

    InnerEnd(RecordPadding padding) {
        this.padding = padding;
    }

    /** From now on no longer than it would be behind so much content. */
    void limit(int content) {
        padding = padding.atMost(content + TYPE);
    }

    int length(int content) {
        return TYPE + padding.zeroes(content + TYPE);
    }

    /** Ends the record at hand. */
    void seal(ContentType content, int length, Aead aead, ByteBuffer network) throws GeneralSecurityException {
        type.clear().put((byte) content.code()).flip();
        zeroes.clear().limit(length - TYPE);
        if (zeroes.hasRemaining()) {
            aead.update(type, network);
            aead.finish(zeroes, network);
        } else {
            aead.finish(type, network);
        }
    }
}
