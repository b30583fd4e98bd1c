package org.almosttls.trace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** What a session log has to say about itself: that it cannot be written, once, and how many lines it lost. */
final class Complaints {

    private final LineSink sink;
    private final AtomicLong lost = new AtomicLong();
    private boolean failed;

    Complaints(LineSink sink) {
        this.sink = sink;
    }

    /** One line found no room. */
    void lostOne() {
        lost.incrementAndGet();
    }

    /** Says how many lines are missing since it last did; called when there is room again. */
    void tellLost() {
        long count = lost.getAndSet(0);
        if (count > 0)
            say("AlmostTLS: " + count + " sessions are missing in the session log: it takes lines too slowly");
    }

    void failed(String what, Throwable why) {
        if (failed) return;
        failed = true;
        say("AlmostTLS: the session log cannot be " + what + " (" + why + "); this is said once");
    }

    private void say(String words) {
        try {
            sink.write((Printable.of(words) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException nobodyHears) {
            failed = true;
        }
    }
}
