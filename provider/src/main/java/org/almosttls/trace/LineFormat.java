package org.almosttls.trace;

import java.io.IOException;

/** One way to write a session's line. */
interface LineFormat {

    /** The line in UTF-8, its line feed included; it has no other. */
    byte[] render(SessionLine line) throws IOException;
}
