package org.almosttls.record;

import java.nio.ByteBuffer;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ContentType;

/** Another protection, of which one thing is different; owns it. */
abstract class ForwardingProtection implements RecordProtection {

    final RecordProtection proper;

    ForwardingProtection(RecordProtection proper) {
        this.proper = proper;
    }

    @Override
    public int sealedLength(int plaintextLength) {
        return proper.sealedLength(plaintextLength);
    }

    @Override
    public int paddedLength(int plaintextLength) {
        return proper.paddedLength(plaintextLength);
    }

    @Override
    public int openedBound(int fragmentLength) {
        return proper.openedBound(fragmentLength);
    }

    @Override
    public int openedLeast(int fragmentLength) {
        return proper.openedLeast(fragmentLength);
    }

    @Override
    public boolean protects(ContentType type) {
        return proper.protects(type);
    }

    @Override
    public int mostPlaintext() {
        return proper.mostPlaintext();
    }

    @Override
    public void limitPadding(int plaintext) {
        proper.limitPadding(plaintext);
    }

    @Override
    public void seal(ContentType type, ByteBuffer plaintext, ByteBuffer network) throws TlsAlertException {
        proper.seal(type, plaintext, network);
    }

    @Override
    public boolean passesOver(ContentType type, int version, ByteBuffer fragment) throws TlsAlertException {
        return proper.passesOver(type, version, fragment);
    }

    @Override
    public ContentType open(ContentType type, int version, ByteBuffer fragment, ByteBuffer plaintext)
            throws TlsAlertException {
        return proper.open(type, version, fragment, plaintext);
    }

    @Override
    public void close() {
        proper.close();
    }
}
