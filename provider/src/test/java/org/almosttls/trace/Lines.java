package org.almosttls.trace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the lines of a session log. */
final class Lines implements LineSink {

    private final List<String> written = new CopyOnWriteArrayList<>();
    private final SessionLog.Output output;
    private final SessionLog log;

    private int failures;

    private Lines(LineFormat format) {
        var tally = new Tally();
        output = new SessionLog.Output(format, new LineWriter(this, new ArrayList<byte[]>()::add, tally));
        log = new SessionLog(output, tally);
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

    SessionLog.Output output() {
        return output;
    }

    /** As a disk that has no room for so many lines, and then has. */
    void fail(int lines) {
        failures = lines;
    }

    @Override
    public void write(byte[] line) throws IOException {
        if (failures-- > 0) throw new IOException("No space left on device");
        written.add(new String(line, StandardCharsets.UTF_8));
    }

    /** Once all are written that are to be: on a busy machine that takes a while. */
    List<String> all() {
        for (int i = 0; i < 30 && !log.written(); i++) Thread.onSpinWait();
        return List.copyOf(written);
    }

    /** The line, where there must be exactly one. */
    String only() {
        var all = all();
        if (all.size() != 1) throw new AssertionError(all.size() + " lines: " + all);
        return all.get(0);
    }
}
