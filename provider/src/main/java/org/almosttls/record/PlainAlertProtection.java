package org.almosttls.record;

import java.nio.ByteBuffer;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ContentType;

/**
 * RFC 8446 §6.2: another protection, before whose first record an alert may come unprotected. A client that refuses
 * ServerHello has no keys, and OpenSSL's uses none before it has accepted the server's certificate. Who forges such an
 * alert could cut the transport as well.
 */
public final class PlainAlertProtection extends ForwardingProtection {

    /** Level and description. */
    private static final int LENGTH = 2;

    private boolean over;

    /** Owns {@code proper}. */
    public PlainAlertProtection(RecordProtection proper) {
        super(proper);
    }

    @Override
    public boolean protects(ContentType type) {
        return type != ContentType.ALERT && proper.protects(type);
    }

    @Override
    public int openedBound(int fragmentLength) {
        return Math.max(proper.openedBound(fragmentLength), LENGTH);
    }

    @Override
    public ContentType open(ContentType type, int version, ByteBuffer fragment, ByteBuffer plaintext)
            throws TlsAlertException {
        if (!over && type == ContentType.ALERT && fragment.remaining() == LENGTH) {
            plaintext.put(fragment);
            return type;
        }
        var within = proper.open(type, version, fragment, plaintext);
        over = true;
        return within;
    }
}
