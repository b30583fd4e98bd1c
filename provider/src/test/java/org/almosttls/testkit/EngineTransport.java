package org.almosttls.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * A transport to an engine that answers at once, in the thread that writes. Whoever reads where nothing comes sees the
 * time pass that it waits for; where it would wait for ever, the test fails.
 */
public final class EngineTransport extends Socket {

    private final EngineEnd peer;
    private final MovableClock clock;
    /** What comes, each piece after so long a silence. */
    private final Deque<Piece> pieces = new ArrayDeque<>();

    private Then onWrite = () -> {};
    private int timeout;
    private boolean dead;
    private boolean closed;

    /** What happens next. */
    @FunctionalInterface
    public interface Then {
        void run() throws IOException;
    }

    private record Piece(Duration after, Making octets) {

        static Piece now(byte[] octets) {
            return new Piece(Duration.ZERO, () -> octets);
        }
    }

    /** Seals what comes only when it comes, so that records keep their order. */
    @FunctionalInterface
    private interface Making {
        byte[] make() throws SSLException;
    }

    public EngineTransport(SSLEngine server, MovableClock clock) {
        server.setUseClientMode(false);
        this.peer = new EngineEnd(server);
        this.clock = clock;
    }

    public EngineEnd peer() {
        return peer;
    }

    /** From now on what is sent goes nowhere. */
    public void die() {
        dead = true;
    }

    /** Has this done whenever something was written. */
    public void onWrite(Then then) {
        onWrite = then;
    }

    /** The peer sends this data, or what its engine has to say anyhow, after so long a silence. */
    public void send(Duration after, byte... data) {
        pieces.add(new Piece(after, () -> peer.wrapAll(data)));
    }

    /** These octets of the network come after so long a silence. */
    public void deliver(Duration after, byte... octets) {
        pieces.add(new Piece(after, () -> octets));
    }

    @Override
    public InputStream getInputStream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] destination, int offset, int length) throws IOException {
                return receive(destination, offset, length);
            }
        };
    }

    private int receive(byte[] destination, int offset, int length) throws IOException {
        if (closed) return -1;
        var next = pieces.poll();
        if (next == null && timeout == 0) throw new AssertionError("waits for ever");
        if (next == null || timeout > 0 && next.after.toMillis() > timeout) {
            var waited = Duration.ofMillis(timeout);
            clock.pass(waited);
            if (next != null) pieces.addFirst(new Piece(next.after.minus(waited), next.octets));
            throw new SocketTimeoutException("Read timed out");
        }
        clock.pass(next.after);
        byte[] octets = next.octets.make();
        int taken = Math.min(length, octets.length);
        System.arraycopy(octets, 0, destination, offset, taken);
        if (taken < octets.length) pieces.addFirst(Piece.now(Arrays.copyOfRange(octets, taken, octets.length)));
        return taken;
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] source, int offset, int length) throws IOException {
                if (dead || closed) return;
                peer.deliver(Arrays.copyOfRange(source, offset, offset + length));
                peer.unwrapAll();
                byte[] answer = peer.wrapAll(new byte[0]);
                if (answer.length > 0) pieces.addFirst(Piece.now(answer));
                onWrite.run();
            }
        };
    }

    @Override
    public void setSoTimeout(int millis) {
        timeout = millis;
    }

    @Override
    public int getSoTimeout() {
        return timeout;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public InetAddress getInetAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public int getPort() {
        return 443;
    }

    @Override
    public void shutdownOutput() {
        dead = true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
