package org.almosttls.trace;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Where lines go. */
interface LineSink extends Closeable {

    /** Writes the whole line at once, so that lines of several processes do not mix; may block. */
    void write(byte[] line) throws IOException;

    /** How many lines it takes as easily as one. */
    default int most() {
        return 1;
    }

    /**
     * The same for no more than {@link #most} lines, one at least.
     *
     * @return how many of them are written, the first ones; fewer than all if it then failed
     * @throws IOException if the first one cannot be written
     */
    default int write(List<byte[]> lines) throws IOException {
        write(lines.get(0));
        return 1;
    }

    /** For what has nothing to close. */
    @Override
    default void close() throws IOException {}
}
