package org.almosttls.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;

/** CBC mode without padding for one key and one direction. */
public interface BlockCipher extends AutoCloseable {

    /** Works on whole blocks of 16 octets from one buffer into another that it does not overlap. */
    void process(byte[] iv, ByteBuffer in, ByteBuffer out) throws GeneralSecurityException;

    @Override
    void close();
}
