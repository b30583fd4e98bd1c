package org.almosttls.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

/** An application that does TLS by itself, as is usual: by an engine, with a buffer for each direction of the network. */
final class EngineChannel implements Channels.End {

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final ByteBuffer nothing = ByteBuffer.allocate(0);
    private final ByteBuffer sending;
    private final ByteBuffer received;
    private boolean underflow = true;

    EngineChannel(SSLContext context, String version, SocketChannel channel, boolean isClient) throws IOException {
        this.channel = channel;
        this.engine = context.createSSLEngine();
        engine.setUseClientMode(isClient);
        engine.setEnabledProtocols(new String[] {version});
        int packet = engine.getSession().getPacketBufferSize();
        this.sending = ByteBuffer.allocate(packet).limit(0);
        this.received = ByteBuffer.allocate(packet).limit(0);
        engine.beginHandshake();
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int start = source.position();
        advance();
        while (flush() && source.hasRemaining()) {
            if (wrap(source).bytesProduced() == 0) break;
        }
        return source.position() - start;
    }

    @Override
    public int read(ByteBuffer destination) throws IOException {
        int start = destination.position();
        boolean more = true;
        while (more && destination.position() == start) {
            advance();
            SSLEngineResult result = engine.unwrap(received, destination);
            underflow = result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW || !received.hasRemaining();
            more = result.bytesConsumed() > 0;
            if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) more = fill() > 0;
        }
        return destination.position() - start;
    }

    @Override
    public boolean isReadable() {
        return !underflow;
    }

    /** What a handshake, or an answer, needs of this end. */
    private void advance() throws IOException {
        for (HandshakeStatus status = engine.getHandshakeStatus();
                status == HandshakeStatus.NEED_TASK || status == HandshakeStatus.NEED_WRAP;
                status = engine.getHandshakeStatus()) {
            if (status == HandshakeStatus.NEED_TASK) engine.getDelegatedTask().run();
            else if (!flush() || wrap(nothing).bytesProduced() == 0) break;
        }
        flush();
    }

    private SSLEngineResult wrap(ByteBuffer source) throws IOException {
        SSLEngineResult result = engine.wrap(source, sending.clear());
        sending.flip();
        return result;
    }

    private boolean flush() throws IOException {
        while (sending.hasRemaining()) if (channel.write(sending) == 0) return false;
        return true;
    }

    private int fill() throws IOException {
        received.compact();
        try {
            return channel.read(received);
        } finally {
            received.flip();
        }
    }
}
