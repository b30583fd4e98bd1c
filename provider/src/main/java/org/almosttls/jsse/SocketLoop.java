package org.almosttls.jsse;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLProtocolException;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.engine.ConnectionStatus;
import org.almosttls.engine.TlsConnection;
import org.almosttls.engine.TlsConnection.PeerAlertException;
import org.almosttls.event.Endpoint;

/**
 * A connection over a socket: while it is not ready, run the task, write what is due, read what is needed. One thread
 * may read while another writes; nothing but a lock of its own kind is held while a thread waits for the network.
 */
final class SocketLoop {

    /** The platform's switch: whether the end of the transport without close_notify is an error. */
    private static final String REQUIRE_CLOSE_NOTIFY = "com.sun.net.ssl.requireCloseNotify";

    private final ConnectionFace face;
    private final Socket raw;
    private final SocketReader reader;
    private final SocketWriter writer;
    private final ReentrantLock handshaking = new ReentrantLock();
    private final Goodbye goodbye;
    private volatile Optional<SSLException> failure = Optional.empty();

    /** Something that works the connection. */
    @FunctionalInterface
    private interface Step {
        int run(TlsConnection connection) throws IOException, TlsAlertException, PeerAlertException;
    }

    SocketLoop(ConnectionFace face, Socket raw, SocketReader reader, boolean autoClose) {
        this.face = face;
        this.raw = raw;
        this.reader = reader;
        this.writer = new SocketWriter(raw);
        this.goodbye = new Goodbye(raw, reader, writer, autoClose);
    }

    /**
     * Finishes the handshake.
     *
     * @return whether it was this call that did
     */
    boolean handshake() throws IOException {
        if (isFinished() && !handshaking.isLocked()) return false;
        // A key or trust manager that is asked by the handshake would wait for itself.
        if (handshaking.isHeldByCurrentThread()) throw new SSLException("the handshake is under way in this thread");
        handshaking.lock();
        try {
            if (isFinished()) return false;
            guarded(begin(), this::handshakeSteps);
            return true;
        } finally {
            handshaking.unlock();
        }
    }

    private boolean isFinished() throws IOException {
        requireOpen();
        return face.connection().flatMap(TlsConnection::session).isPresent();
    }

    private TlsConnection begin() throws IOException {
        if (!raw.isConnected()) throw new SocketException("Socket is not connected");
        try {
            return face.start(
                    endpoint(raw.getLocalAddress(), raw.getLocalPort()), endpoint(raw.getInetAddress(), raw.getPort()));
        } catch (SSLException refused) {
            fail(refused);
            throw refused;
        }
    }

    /** A transport of the caller's own making need not have an address. */
    private static Optional<Endpoint> endpoint(InetAddress address, int port) {
        return Optional.ofNullable(address).map(known -> new Endpoint(known.getHostAddress(), port));
    }

    private int handshakeSteps(TlsConnection connection) throws IOException, TlsAlertException, PeerAlertException {
        while (true) {
            switch (connection.status()) {
                case NEED_TASK -> connection.nextTask().ifPresent(Runnable::run);
                case NEED_SEND -> writer.flush(connection);
                case NEED_RECEIVE -> reader.receive(connection);
                case READY -> {
                    return 0;
                }
                case NOT_STARTED, CLOSED -> throw new SocketException("Socket is closed");
            }
        }
    }

    int available() {
        return goodbye.isSaid() ? 0 : reader.available();
    }

    /** Octets of application data, at least one; or -1 if the peer sends no more. */
    int read(byte[] destination, int offset, int length) throws IOException {
        reader.lock.lock();
        try {
            requireOpen();
            var room = ByteBuffer.wrap(destination, offset, length);
            return guarded(face.connection().orElseThrow(), connection -> readData(connection, room));
        } finally {
            reader.lock.unlock();
        }
    }

    private int readData(TlsConnection connection, ByteBuffer room)
            throws IOException, TlsAlertException, PeerAlertException {
        int count = reader.read(connection, room);
        while (count == 0) {
            answer(connection);
            count = reader.read(connection, room);
        }
        return count;
    }

    /** Sends what reading has provoked, unless another thread is sending, which then does. */
    private void answer(TlsConnection connection) throws IOException, TlsAlertException {
        while (connection.status() == ConnectionStatus.NEED_SEND && writer.lock.tryLock()) {
            try {
                writer.flush(connection);
            } finally {
                writer.lock.unlock();
            }
        }
    }

    void write(byte[] source, int offset, int length) throws IOException {
        var data = ByteBuffer.wrap(source, offset, length);
        int taken = guarded(face.connection().orElseThrow(), connection -> {
            boolean open = writeData(connection, data);
            answer(connection);
            return open ? 0 : -1;
        });
        if (taken == 0) return;
        requireOpen();
        throw new SocketException("Connection or outbound has closed");
    }

    /** Whether the connection took all of it. */
    private boolean writeData(TlsConnection connection, ByteBuffer data) throws IOException, TlsAlertException {
        writer.lock.lock();
        try {
            boolean open = true;
            while (open && data.hasRemaining()) open = !isClosed() && writer.write(connection, data);
            return open;
        } finally {
            writer.lock.unlock();
        }
    }

    /** Says close_notify; reading may go on. */
    void shutdownOutput() throws IOException {
        var connection = face.connection().orElseThrow();
        connection.closeOutbound();
        guarded(connection, open -> {
            writer.flush(open);
            return 0;
        });
    }

    void close() throws IOException {
        goodbye.say(face.connection());
    }

    boolean isClosed() {
        return goodbye.isSaid() || raw.isClosed();
    }

    private void requireOpen() throws IOException {
        if (failure.isPresent())
            throw new SSLException("Connection has closed: " + failure.get().getMessage(), failure.get());
        if (isClosed()) throw new SocketException("Socket is closed");
    }

    /** Runs a step and turns whatever ends the connection into what the platform throws for it. */
    private int guarded(TlsConnection connection, Step step) throws IOException {
        try {
            return step.run(connection);
        } catch (TlsAlertException noticed) {
            throw fail(SslExceptions.of(noticed));
        } catch (PeerAlertException received) {
            throw fail(SslExceptions.of(received));
        } catch (EOFException end) {
            return onEnd(connection, end);
        } catch (SocketTimeoutException later) {
            throw later;
        } catch (IOException broken) {
            connection.abandon();
            raw.close();
            throw broken;
        } catch (RuntimeException | Error grave) {
            // Or the next read would take the connection's end for the end of the data.
            fail(new SSLException("this end failed", grave));
            throw grave;
        }
    }

    private SSLException fail(SSLException reason) {
        failure = Optional.of(reason);
        goodbye.onFailure(face.connection());
        return reason;
    }

    private boolean closeInbound(TlsConnection connection) throws SSLException {
        // This end wants no more, which is nobody's attack.
        if (raw.isInputShutdown()) return true;
        try {
            return connection.closeInbound();
        } catch (TlsAlertException noticed) {
            throw fail(SslExceptions.of(noticed));
        }
    }

    /** RFC 5246 §7.2.1 calls this a truncation; as on the platform it is an error only where that is asked for. */
    private int onEnd(TlsConnection connection, EOFException end) throws SSLException {
        boolean handshakeOver = connection.session().isPresent();
        boolean expected = closeInbound(connection);
        if (expected || handshakeOver && !Boolean.getBoolean(REQUIRE_CLOSE_NOTIFY)) return -1;
        var truncated = handshakeOver
                ? new SSLProtocolException("Remote host terminated the connection")
                : new SSLHandshakeException("Remote host terminated the handshake");
        truncated.initCause(end);
        throw fail(truncated);
    }
}
