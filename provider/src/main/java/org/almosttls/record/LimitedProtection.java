package org.almosttls.record;

import java.nio.ByteBuffer;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.ContentType;

/** RFC 8449 §4, RFC 6066 §4: another protection whose records hold no more plaintext than the ends agreed on. */
public final class LimitedProtection extends ForwardingProtection {

    private final int most;

    /**
     * Owns {@code whole}.
     *
     * @param most octets of plaintext in a record, below 2^14
     */
    public LimitedProtection(RecordProtection whole, int most) {
        super(whole);
        this.most = most;
        whole.limitPadding(most);
    }

    @Override
    public int mostPlaintext() {
        return Math.min(most, proper.mostPlaintext());
    }

    @Override
    public ContentType open(ContentType type, int version, ByteBuffer fragment, ByteBuffer plaintext)
            throws TlsAlertException {
        // RFC 6066 §4: what is too long whatever its padding is not even decrypted.
        Violation.RECORD_OVER_LIMIT.when(openedLeast(fragment.remaining()) > most);
        int start = plaintext.position();
        var inner = proper.open(type, version, fragment, plaintext);
        if (plaintext.position() - start > most) {
            plaintext.position(start);
            throw Violation.RECORD_OVER_LIMIT.exception();
        }
        return inner;
    }
}
