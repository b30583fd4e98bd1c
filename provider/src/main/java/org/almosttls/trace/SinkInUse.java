package org.almosttls.trace;

import java.io.IOException;

/** A sink of which others can see whether a line is with it; one thread writes. */
final class SinkInUse implements LineSink {

    private final LineSink sink;
    private volatile boolean busy;
    private volatile long taken;

    SinkInUse(LineSink sink) {
        this.sink = sink;
    }

    /** Whether it has a line and has not come back yet. */
    boolean isBusy() {
        return busy;
    }

    /** How many lines it has come back from, written or not. */
    long taken() {
        return taken;
    }

    @Override
    public void write(byte[] line) throws IOException {
        busy = true;
        try {
            sink.write(line);
        } finally {
            taken = taken + 1;
            busy = false;
        }
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }
}
