package org.almosttls.benchmarks;

import java.io.IOException;
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

/** A full handshake of the platform's TLS, both ends of it, from the beginning of a connection to its end. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Handshakes {

    @Param({"TLSv1.3", "TLSv1.2"})
    String version;

    private SSLContext context;
    private Sockets sockets;

    @Setup
    public void open() throws IOException, GeneralSecurityException, ReflectiveOperationException {
        context = Identity.context("SunJSSE");
        sockets = new Sockets(new TlsSockets(context, version), 0);
        engine();
        Switch.obey();
    }

    @TearDown
    public void close() throws IOException {
        sockets.close();
    }

    @Benchmark
    public void engine() throws IOException {
        Engines engines = new Engines(context, version);
        engines.handshake();
        engines.close();
    }

    @Benchmark
    public void socket() throws IOException {
        sockets.pair().close();
    }
}
