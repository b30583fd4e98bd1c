package org.almosttls.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** 16 KiB, which are a record, written at one end and read at the other, by an application that does TLS by itself. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Transfers {

    static final int LENGTH = 1 << 14;

    @Param({"SunJSSE", "AlmostTLS"})
    String provider;

    @Param({"TLSv1.3", "TLSv1.2"})
    String version;

    private final ByteBuffer source = ByteBuffer.allocate(LENGTH);
    private final ByteBuffer destination = ByteBuffer.allocate(2 * LENGTH);
    private Engines engines;
    private Sockets.Pair pair;
    private Channels channels;

    @Setup
    public void open() throws IOException, GeneralSecurityException, ReflectiveOperationException {
        SSLContext context = Identity.context(provider);
        engines = new Engines(context, version);
        engines.handshake();
        try (Sockets sockets = new Sockets(new TlsSockets(context, version), 0)) {
            pair = sockets.pair();
        }
        channels = new Channels((channel, isClient) -> new EngineChannel(context, version, channel, isClient), 0);
        Switch.obey();
    }

    @TearDown
    public void close() throws IOException {
        engines.close();
        pair.close();
        channels.close();
    }

    @Benchmark
    public void engine() throws IOException {
        engines.transfer(source.clear(), destination.clear());
    }

    @Benchmark
    public void socket() throws IOException {
        pair.transfer(source.array(), destination.array(), LENGTH);
    }

    @Benchmark
    public void channel() throws IOException {
        channels.transfer(source.clear(), destination.clear());
    }
}
