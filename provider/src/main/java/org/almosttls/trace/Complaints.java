package org.almosttls.trace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** What a session log has to say about itself: that it cannot be written, once, and that it is too slow, once. */
final class Complaints {

    private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(1);

    private final LineSink sink;
    private boolean failed;
    private boolean slow;

    Complaints(LineSink sink) {
        this.sink = sink;
    }

    /** Lines found no room; called when there is room again. */
    void tooSlow() {
        if (slow || failed) return;
        slow = true;
        say("AlmostTLS: the session log takes lines too slowly, so that sessions are missing in it; this is said once");
    }

    void failed(String what, Throwable why) {
        if (failed) return;
        failed = true;
        say("AlmostTLS: the session log cannot be " + what + " (" + why + "); this is said once");
    }

    /** On a thread of its own, for which nobody waits long: nobody may be reading. */
    private void say(String words) {
        var line = (Printable.of(words) + "\n").getBytes(StandardCharsets.UTF_8);
        var saying = LineWriter.thread(() -> write(line), "AlmostTLS complaint");
        saying.setDaemon(true);
        try {
            saying.start();
            saying.join(PATIENCE_MILLIS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (OutOfMemoryError noThreadLeft) {
            failed = true;
        }
    }

    private void write(byte[] line) {
        try {
            sink.write(line);
        } catch (IOException nobodyHears) {
            return;
        }
    }
}
