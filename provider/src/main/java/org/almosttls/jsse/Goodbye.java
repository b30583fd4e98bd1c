package org.almosttls.jsse;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.engine.ConnectionStatus;
import org.almosttls.engine.PeerAlertException;
import org.almosttls.engine.TlsConnection;

/**
 * The end of a connection over a socket: the last alert goes out, input that nobody read is read away, and the transport
 * is closed. Waits for another thread, or for the peer, only so long.
 */
final class Goodbye {

    private static final long MAX_WAIT_FOR_WRITER_MILLIS = 1000;

    /** How long a peer may take to notice that it was refused, before the transport is closed under it. */
    private static final int FAILURE_LINGER_MILLIS = 250;

    /** How long a peer may take to answer close_notify when the transport is to be used further. */
    private static final int MAX_WAIT_FOR_PEER_MILLIS = 5000;

    private final Socket raw;
    private final SocketReader reader;
    private final SocketWriter writer;
    private final boolean autoClose;
    private final AtomicBoolean said = new AtomicBoolean();
    private volatile boolean deaf;

    Goodbye(Socket raw, SocketReader reader, SocketWriter writer, boolean autoClose) {
        this.raw = raw;
        this.reader = reader;
        this.writer = writer;
        this.autoClose = autoClose;
    }

    boolean isSaid() {
        return said.get();
    }

    /** This end wants no more. */
    void stopListening() {
        deaf = true;
    }

    boolean isDeaf() {
        return deaf || isSaid();
    }

    /** RFC 5246 §7.2.1: close_notify before the transport is closed; the peer's need not be waited for. */
    void say(Optional<TlsConnection> connection) throws IOException {
        if (!said.compareAndSet(false, true)) return;
        try {
            if (connection.isPresent() && !raw.isClosed()) part(connection.get());
        } finally {
            if (autoClose) raw.close();
            connection.ifPresent(TlsConnection::abandon);
        }
    }

    private void part(TlsConnection connection) {
        connection.closeOutbound();
        if (!flush(connection) || !tryLock(reader.lock, 0)) return;
        try {
            if (autoClose) {
                raw.shutdownOutput();
                reader.discardAvailable();
            } else if (connection.alerts().hasClosure()) {
                takeCloseNotify(connection);
            }
        } catch (IOException | TlsAlertException | PeerAlertException gone) {
            // Nobody is left to tell.
        } finally {
            reader.lock.unlock();
        }
    }

    /** It is waited for only where the peer has to answer at once (RFC 5246 §7.2.1), and not from TLS 1.3 on. */
    private void takeCloseNotify(TlsConnection connection) throws IOException, TlsAlertException, PeerAlertException {
        int timeout = raw.getSoTimeout();
        raw.setSoTimeout(timeout == 0 ? MAX_WAIT_FOR_PEER_MILLIS : timeout);
        try {
            reader.discardRecords(
                    connection, MAX_WAIT_FOR_PEER_MILLIS, !connection.alerts().closesOneWay());
        } finally {
            raw.setSoTimeout(timeout);
        }
    }

    /** The alert goes out, if one is due, and the peer is given the time to read it. */
    void onFailure(Optional<TlsConnection> connection) {
        try {
            if (connection.isPresent() && !raw.isClosed()) lastAlert(connection.get());
        } catch (IOException gone) {
            // The failure itself is what is told.
        } finally {
            if (autoClose) closeQuietly();
            connection.ifPresent(TlsConnection::abandon);
        }
    }

    private void lastAlert(TlsConnection connection) throws IOException {
        boolean due = connection.status() == ConnectionStatus.NEED_SEND;
        if (!due || !flush(connection) || !autoClose || !tryLock(reader.lock, 0)) return;
        try {
            raw.shutdownOutput();
            raw.setSoTimeout(FAILURE_LINGER_MILLIS);
            reader.discardAll(FAILURE_LINGER_MILLIS);
        } finally {
            reader.lock.unlock();
        }
    }

    private void closeQuietly() {
        try {
            raw.close();
        } catch (IOException gone) {
            // It is closed as well as it can be.
        }
    }

    /** Whether what waited to be sent is sent. */
    private boolean flush(TlsConnection connection) {
        if (!tryLock(writer.lock, patience())) return false;
        try {
            writer.flush(connection);
            return true;
        } catch (IOException | TlsAlertException gone) {
            return false;
        } finally {
            writer.lock.unlock();
        }
    }

    /** With a writer that may be stuck, in milliseconds: SO_LINGER says how long closing may take. */
    private long patience() {
        try {
            int linger = raw.getSoLinger();
            return linger < 0 ? MAX_WAIT_FOR_WRITER_MILLIS : TimeUnit.SECONDS.toMillis(linger);
        } catch (SocketException unknown) {
            return MAX_WAIT_FOR_WRITER_MILLIS;
        }
    }

    private static boolean tryLock(ReentrantLock lock, long millis) {
        try {
            return lock.tryLock() || lock.tryLock(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
