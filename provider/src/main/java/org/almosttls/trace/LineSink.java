package org.almosttls.trace;

import java.io.Closeable;
import java.io.IOException;

/** Where lines go. */
interface LineSink extends Closeable {

    /** Writes the whole line at once, so that lines of several processes do not mix; may block. */
    void write(byte[] line) throws IOException;

    /** For what has nothing to close. */
    @Override
    default void close() throws IOException {}
}
