package org.almosttls.crypto;

import java.nio.ByteBuffer;

/** RFC 2104 under one key; an instance may be used again after each result. */
public interface Hmac extends AutoCloseable {

    Hmac update(byte[] bytes, int offset, int length);

    Hmac update(ByteBuffer bytes);

    /** Writes the tag at {@code offset} and starts anew. */
    void tag(byte[] out, int offset);

    @Override
    void close();

    default Hmac update(byte[] bytes) {
        return update(bytes, 0, bytes.length);
    }
}
