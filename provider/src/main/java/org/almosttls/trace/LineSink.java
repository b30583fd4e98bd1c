package org.almosttls.trace;

import java.io.IOException;

/** Where lines go. */
interface LineSink {

    /** Writes the whole line at once, so that lines of several processes do not mix; may block. */
    void write(byte[] line) throws IOException;
}
