package org.almosttls.trace;

import java.io.IOException;

/** One way to write a session's line. */
interface LineFormat {

    /**
     * The line in UTF-8, its line feed included.
     *
     * @param missing how many sessions before it have no line, and no line that says so
     */
    byte[] render(SessionLine line, long missing) throws IOException;
}
