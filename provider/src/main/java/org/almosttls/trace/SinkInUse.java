package org.almosttls.trace;

import java.io.IOException;
import java.util.List;

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

    /** How often it has come back, with lines written or not. */
    long taken() {
        return taken;
    }

    @Override
    public void write(byte[] line) throws IOException {
        write(List.of(line));
    }

    @Override
    public int most() {
        return sink.most();
    }

    @Override
    public int write(List<byte[]> lines) throws IOException {
        busy = true;
        try {
            return sink.write(lines);
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
