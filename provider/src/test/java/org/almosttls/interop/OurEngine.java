package org.almosttls.interop;

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
    private Optional<EngineOverSocket> connection;

    private OurEngine(SSLEngine engine, Optional<ServerSocket> listening, Optional<EngineOverSocket> connection) {
        this.engine = engine;
        this.listening = listening;
        this.connection = connection;
    }

    static OurEnd listen(SSLContext context, Terms own, int port) throws IOException {
        var engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setSSLParameters(Ours.change(engine.getSSLParameters(), own, false));
        var listening = new ServerSocket(port, 1, Ours.LOOPBACK);
        listening.setSoTimeout(Ours.PATIENCE_MILLIS);
        return new OurEngine(engine, Optional.of(listening), Optional.empty());
    }

    static OurEnd call(SSLContext context, Terms own, int port) throws IOException {
        var engine = context.createSSLEngine(own.name().orElseThrow(), port);
        engine.setUseClientMode(true);
        engine.setSSLParameters(Ours.change(engine.getSSLParameters(), own, true));
        var connection = new EngineOverSocket(engine, new Socket(Ours.LOOPBACK, port));
        return new OurEngine(engine, Optional.empty(), Optional.of(connection));
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
        if (connection.isPresent()) connection.get().close();
        if (listening.isPresent()) listening.get().close();
    }
}
