package org.almosttls.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;

/** RFC 5116 for one key and one direction; a record is start, any update, finish. */
public interface Aead extends AutoCloseable {

    /** Which way the key is used. */
    enum Direction {
        SEAL,
        OPEN
    }

    /** Begins a record; the nonce (12 octets) must never repeat under this key when sealing. */
    void start(byte[] nonce, byte[] additionalData, int additionalDataLength) throws GeneralSecurityException;

    /** Takes input that is not the record's last; sealed octets may appear in {@code out} late. */
    void update(ByteBuffer in, ByteBuffer out) throws GeneralSecurityException;

    /** Takes the last input (when opening: with the tag behind it) and ends the record. */
    void finish(ByteBuffer in, ByteBuffer out) throws GeneralSecurityException;

    @Override
    void close();
}
