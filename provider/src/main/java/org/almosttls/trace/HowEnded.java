package org.almosttls.trace;

import java.util.Locale;
import org.almosttls.event.TlsEvent;

/** How a session ended: as the connection says, or not yet when the JVM did or its agent left. */
enum HowEnded {
    CLOSE_NOTIFY("closed"),
    TRUNCATED("ended without close_notify"),
    ALERT_RECEIVED("ended by the peer's alert"),
    FAILED("failed"),
    ABANDONED("closed without close_notify"),
    TRANSPORT_CLOSED("closed by this end, without closure"),
    TRANSPORT_ENDED("ended with the transport, without closure"),
    OPEN_AT_EXIT("open at exit"),
    OPEN_AT_DETACH("open when the agent left");

    private final String words;

    HowEnded(String words) {
        this.words = words;
    }

    static HowEnded of(TlsEvent.Ending ending) {
        return switch (ending) {
            case CLOSE_NOTIFY -> CLOSE_NOTIFY;
            case TRUNCATED -> TRUNCATED;
            case ALERT_RECEIVED -> ALERT_RECEIVED;
            case FAILED -> FAILED;
            case ABANDONED -> ABANDONED;
            case TRANSPORT_CLOSED -> TRANSPORT_CLOSED;
            case TRANSPORT_ENDED -> TRANSPORT_ENDED;
        };
    }

    /** Whether an established session that ended so may have been cut short. */
    boolean mayMissData() {
        return this == TRUNCATED || this == TRANSPORT_ENDED;
    }

    /** Whether nobody asks for a reason. */
    boolean isFine(boolean established) {
        return established && !mayMissData();
    }

    /** For people. */
    String words() {
        return words;
    }

    /** For machines. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
