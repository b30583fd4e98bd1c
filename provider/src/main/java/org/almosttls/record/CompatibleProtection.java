package org.almosttls.record;

import java.nio.ByteBuffer;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.ContentType;

/** RFC 8446 §5, §D.4: another protection, in between whose records ChangeCipherSpec may come unprotected. */
public final class CompatibleProtection extends ForwardingProtection {

    private static final int LENGTH = 1;

    /** Owns {@code proper}. */
    public CompatibleProtection(RecordProtection proper) {
        super(proper);
    }

    @Override
    public boolean protects(ContentType type) {
        return type != ContentType.CHANGE_CIPHER_SPEC && proper.protects(type);
    }

    @Override
    public int openedBound(int fragmentLength) {
        return Math.max(proper.openedBound(fragmentLength), LENGTH);
    }

    @Override
    public ContentType open(ContentType type, int version, ByteBuffer fragment, ByteBuffer plaintext)
            throws TlsAlertException {
        if (type != ContentType.CHANGE_CIPHER_SPEC) return proper.open(type, version, fragment, plaintext);
        // RFC 8446 §5: the single octet, which is judged where all of them are, and nothing longer.
        Violation.CHANGE_CIPHER_SPEC_NOT_DROPPED.unless(fragment.remaining() == LENGTH);
        plaintext.put(fragment);
        return type;
    }
}
