package org.almosttls.interop;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.almosttls.testkit.EngineOverSocket;

/** Our end as an engine over a plain socket. */
final class OurEngine implements OurEnd {

    private final SSLEngine engine;
    private final Optional<ServerSocket> listening;
    private final Closeable inTheEnd;
    private Optional<EngineOverSocket> connection;

    private OurEngine(
            SSLEngine engine,
            Optional<ServerSocket> listening,
            Closeable inTheEnd,
            Optional<EngineOverSocket> connection) {
        this.engine = engine;
        this.listening = listening;
        this.inTheEnd = inTheEnd;
        this.connection = connection;
    }

    static OurEnd accept(SSLContext context, Terms own, ServerSocket listening, Closeable inTheEnd) {
        var engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setSSLParameters(Ours.change(engine.getSSLParameters(), own, false));
        return new OurEngine(engine, Optional.of(listening), inTheEnd, Optional.empty());
    }

    static OurEnd call(SSLContext context, Terms own, int port) throws IOException {
        var engine = context.createSSLEngine(own.name().orElseThrow(), port);
        engine.setUseClientMode(true);
        engine.setSSLParameters(Ours.change(engine.getSSLParameters(), own, true));
        var connection = new EngineOverSocket(engine, new Socket(Ours.LOOPBACK, port));
        return new OurEngine(engine, Optional.empty(), connection::close, Optional.of(connection));
    }

    @Override
    public int port() {
        return listening.orElseThrow().getLocalPort();
    }

    @Override
    public void handshake() throws IOException {
        if (listening.isPresent())
            connection =
                    Optional.of(new EngineOverSocket(engine, listening.get().accept()));
        connection.orElseThrow().handshake();
    }

    @Override
    public SSLSession session() {
        return engine.getSession();
    }

    @Override
    public String alpn() {
        return engine.getApplicationProtocol();
    }

    @Override
    public void write(byte[] data) throws IOException {
        connection.orElseThrow().write(data);
    }

    @Override
    public byte[] read(int count) throws IOException {
        return connection.orElseThrow().readNBytes(count);
    }

    @Override
    public void close() throws IOException {
        try (inTheEnd) {
            if (connection.isPresent()) connection.get().close();
        }
    }
}
