package org.almosttls.trace;

import java.io.IOException;

/** One way to write lines, those of sessions and those that tell more. */
interface LineFormat {

    /**
     * The line in UTF-8, its line feed included.
     *
     * @param missing how many sessions before it have no line, and no line that says so
     */
    byte[] render(SessionLine line, long missing) throws IOException;

    /**
     * The same for a message or a record.
     *
     * @param missing how many such lines before it are not there, and no line that says so
     */
    byte[] render(DetailLine line, long missing) throws IOException;
}
