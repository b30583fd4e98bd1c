package org.almosttls.jsse;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLProtocolException;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.engine.PeerAlertException;
import org.almosttls.engine.TlsConnection;
import org.almosttls.event.Endpoint;

/**
 * A connection over a socket, and what is thrown where it ends. One thread
 * may read while another writes; nothing but a lock of its own kind is held while a thread waits for the network.
 */
final class SocketLoop {

    /** The platform's switch: whether the end of the transport without close_notify is an error. */
    private static final String REQUIRE_CLOSE_NOTIFY = "com.sun.net.ssl.requireCloseNotify";

    private final ConnectionFace face;
    private final Socket raw;
    private final Vigil vigil;
    private final SocketSteps steps;
    private final ReentrantLock handshaking = new ReentrantLock();
    private final Goodbye goodbye;
    private volatile Optional<SSLException> failure = Optional.empty();

    /** Something that works the connection. */
    @FunctionalInterface
    private interface Step {
        int run(TlsConnection connection) throws IOException, TlsAlertException, PeerAlertException;
    }

    /** @param onFurtherHandshake told when a handshake after the first is finished */
    SocketLoop(
            ConnectionFace face,
            ReadTimeout timeout,
            SocketReader reader,
            boolean autoClose,
            Runnable onFurtherHandshake) {
        this.face = face;
        this.raw = timeout.transport();
        this.vigil = new Vigil(timeout, reader, face.lending().clock());
        face.lending().onRequest().get().heartbeatInterval().ifPresent(vigil::every);
        var writer = new SocketWriter(raw);
        this.steps = new SocketSteps(reader, writer, vigil, onFurtherHandshake);
        this.goodbye = new Goodbye(raw, reader, writer, autoClose);
    }

    /**
     * Finishes the handshake.
     *
     * @return whether it was this call that did
     */
    boolean handshake() throws IOException {
        if (isOver()) return false;
        // A key or trust manager that is asked by the handshake would wait for itself.
        if (handshaking.isHeldByCurrentThread()) throw new SSLException("the handshake is under way in this thread");
        handshaking.lock();
        try {
            if (isFinished()) return false;
            guarded(begin(), steps::handshake);
            return true;
        } finally {
            handshaking.unlock();
        }
    }

    /** Whether the first handshake is. */
    boolean isOver() throws IOException {
        return isFinished() && !handshaking.isLocked();
    }

    /** A handshake needs both directions, of a connection that has not failed. */
    void requireWhole() throws SocketException {
        boolean broken = failure.isPresent()
                || goodbye.isDeaf()
                || face.connection()
                        .filter(it -> it.isInboundClosed() || it.isOutboundClosed())
                        .isPresent();
        if (broken) throw refusal("Socket has been closed or broken");
    }

    /** Asks for another handshake, which reading then goes on with. */
    void renegotiate() throws IOException {
        guarded(face.connection().orElseThrow(), connection -> {
            connection.renegotiate();
            steps.answer(connection);
            return 0;
        });
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

    int available() {
        return goodbye.isSaid() ? 0 : steps.reader().available();
    }

    /** Octets of application data, at least one; or -1 if the peer sends no more. */
    int read(byte[] destination, int offset, int length) throws IOException {
        // A key or trust manager that a further handshake asks, amid a read, would wait for itself.
        if (steps.reader().lock.isHeldByCurrentThread())
            throw new SSLException("a handshake is under way in this thread");
        steps.reader().lock.lock();
        try {
            if (isInputShut()) return -1;
            requireOpen();
            var room = ByteBuffer.wrap(destination, offset, length);
            return guarded(face.connection().orElseThrow(), connection -> steps.read(connection, room));
        } finally {
            steps.reader().lock.unlock();
        }
    }

    /** Whether the peer is asked by a heartbeat now. */
    boolean ask(TlsConnection connection, int payloadLength) throws IOException {
        requireOpen();
        connection.pulse().requireRoom(payloadLength);
        return guarded(connection, asked -> steps.ask(asked, payloadLength) ? 1 : 0) == 1;
    }

    /** Whether the peer gives a sign of life, if it owes one. */
    boolean awaitSign(TlsConnection connection, Duration limit) throws IOException {
        requireOpen();
        return guarded(connection, asked -> steps.awaitSign(asked, limit) ? 1 : 0) == 1;
    }

    /** RFC 8446 §4.6.2: asks the client who it is; whether it owes an answer then. */
    boolean inquire(TlsConnection connection) throws IOException {
        requireOpen();
        return guarded(connection, asking -> {
                    boolean due = asking.inquiry().ask();
                    steps.answer(asking);
                    return due ? 1 : 0;
                })
                == 1;
    }

    Vigil vigil() {
        return vigil;
    }

    void write(byte[] source, int offset, int length) throws IOException {
        var data = ByteBuffer.wrap(source, offset, length);
        int taken = guarded(face.connection().orElseThrow(), connection -> {
            boolean open = steps.write(connection, data, this::isClosed);
            steps.answer(connection);
            return open ? 0 : -1;
        });
        if (taken == 0) return;
        requireOpen();
        throw new SocketException("Connection or outbound has closed");
    }

    /** As the platform: refused while the peer has not said close_notify, and nothing is read any more even so. */
    void shutdownInput() throws SSLException {
        boolean early = face.connection()
                .map(it -> it.alerts().hasClosure() && !it.isInboundClosed())
                .orElse(false);
        goodbye.stopListening();
        if (early) throw new SSLException("closing inbound before receiving peer's close_notify");
    }

    /** Whether this end wants no more, and nothing was wrong. */
    boolean isInputShut() {
        return failure.isEmpty() && goodbye.isDeaf();
    }

    /** Says close_notify; reading may go on. */
    void shutdownOutput() throws IOException {
        var connection = face.connection().orElseThrow();
        connection.closeOutbound();
        guarded(connection, open -> {
            steps.flush(open);
            return 0;
        });
    }

    void close() throws IOException {
        goodbye.say(face.connection());
    }

    boolean isClosed() {
        return goodbye.isSaid() || raw.isClosed();
    }

    /** What has failed takes no more data, which to who writes is the socket's end, as on the platform. */
    void requireUnbroken() throws SocketException {
        if (failure.isPresent()) throw refusal(whyClosed());
    }

    /** Caused by the failure, if there was one. */
    private SocketException refusal(String message) {
        var refusal = new SocketException(message);
        failure.ifPresent(refusal::initCause);
        return refusal;
    }

    private void requireOpen() throws IOException {
        if (failure.isPresent()) throw new SSLException(whyClosed(), failure.get());
        if (isClosed()) throw new SocketException("Socket is closed");
    }

    private String whyClosed() {
        return "Connection has closed: " + failure.orElseThrow().getMessage();
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
        if (goodbye.isDeaf() || raw.isInputShutdown()) return true;
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
        if (expected || handshakeOver && !Asked.flag(REQUIRE_CLOSE_NOTIFY)) return -1;
        var truncated = handshakeOver
                ? new SSLProtocolException("Remote host terminated the connection")
                : new SSLHandshakeException("Remote host terminated the handshake");
        truncated.initCause(end);
        throw fail(truncated);
    }
}
