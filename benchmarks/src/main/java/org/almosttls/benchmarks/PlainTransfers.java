package org.almosttls.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The same of an application that knows nothing of TLS, to be upgraded. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PlainTransfers {

    static final String PORTS = "benchmarks.ports";

    private final ByteBuffer source = ByteBuffer.allocate(Transfers.LENGTH);
    private final ByteBuffer destination = ByteBuffer.allocate(2 * Transfers.LENGTH);
    private Sockets.Pair pair;
    private Channels channels;

    @Setup
    public void open() throws IOException {
        String[] ports = System.getProperty(PORTS).split(",");
        try (Sockets sockets = new Sockets(new PlainSockets(), Integer.parseInt(ports[0]))) {
            pair = sockets.pair();
        }
        channels = new Channels((channel, isClient) -> new PlainChannel(channel), Integer.parseInt(ports[1]));
    }

    @TearDown
    public void close() throws IOException {
        pair.close();
        channels.close();
    }

    @Benchmark
    public void socket() throws IOException {
        pair.transfer(source.array(), destination.array(), Transfers.LENGTH);
    }

    @Benchmark
    public void channel() throws IOException {
        channels.transfer(source.clear(), destination.clear());
    }
}
