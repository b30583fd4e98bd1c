package org.almosttls.trace;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the lines of a session log. */
final class Lines implements LineSink {

    private final List<String> written = new CopyOnWriteArrayList<>();
    private final SessionLog log;

    private Lines(LineFormat format) {
        log = new SessionLog(format, new LineWriter(this, this));
    }

    static Lines text() {
        return new Lines(new TextFormat());
    }

    static Lines json() {
        return new Lines(new JsonFormat());
    }

    SessionLog log() {
        return log;
    }

    @Override
    public void write(byte[] line) {
        written.add(new String(line, StandardCharsets.UTF_8));
    }

    List<String> all() {
        log.written();
        return List.copyOf(written);
    }

    /** The line, where there must be exactly one. */
    String only() {
        var all = all();
        if (all.size() != 1) throw new AssertionError(all.size() + " lines: " + all);
        return all.get(0);
    }
}
