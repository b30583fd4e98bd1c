package org.almosttls.interop;

import java.util.Locale;

/** How a session is taken up again by a second connection. */
enum Resumption {
    /** There is no second connection. */
    NONE,
    /** RFC 5246 §7.3: both ends have kept it. */
    ID,
    /** RFC 5077: the client has kept it for the server. */
    TICKET,
    /** RFC 8446 §2.2. */
    PSK;

    int connections() {
        return this == NONE ? 1 : 2;
    }

    /** As the session log has it. */
    String word() {
        return this == PSK ? TICKET.toString() : toString();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
