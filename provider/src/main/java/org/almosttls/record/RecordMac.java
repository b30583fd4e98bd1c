package org.almosttls.record;

import java.nio.ByteBuffer;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ContentType;

/** What stands between content and padding of a CBC record: the MAC over the records of one direction, in order. */
interface RecordMac extends AutoCloseable {

    /** Octets of the MAC. */
    int length();

    /** Begins the next record. */
    RecordMac start(ContentType type, int version, int contentLength) throws TlsAlertException;

    void update(ByteBuffer content);

    /** Writes the MAC of the record at {@code offset}. */
    void tag(byte[] out, int offset);

    /**
     * The length of the content in {@code text}, which is content, MAC and padding of {@code length} octets together.
     *
     * @throws TlsAlertException BAD_RECORD if padding or MAC is wrong, without telling which
     */
    int verifiedLength(ContentType type, int version, byte[] text, int length) throws TlsAlertException;

    /** Whether {@code text} would be right as the record that this number counts; takes the same work either way. */
    boolean verifies(long number, ContentType type, int version, byte[] text, int length);

    /** The number of the next record. */
    long next();

    @Override
    void close();
}
