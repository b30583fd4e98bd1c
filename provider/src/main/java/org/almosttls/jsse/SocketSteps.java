package org.almosttls.jsse;

import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.engine.ConnectionStatus;
import org.almosttls.engine.PeerAlertException;
import org.almosttls.engine.TlsConnection;

/**
 * What a thread does with a socket's connection: it finishes the first handshake, or reads or writes data. Handshakes
 * after the first go on wherever data is read, as JSSE has it, so that nothing that comes meanwhile must be kept.
 */
final class SocketSteps {

    private final SocketReader reader;
    private final SocketWriter writer;
    private final Vigil vigil;
    private final Runnable onFurtherHandshake;

    /** @param onFurtherHandshake told when a handshake after the first is finished */
    SocketSteps(SocketReader reader, SocketWriter writer, Vigil vigil, Runnable onFurtherHandshake) {
        this.reader = reader;
        this.writer = writer;
        this.vigil = vigil;
        this.onFurtherHandshake = onFurtherHandshake;
    }

    SocketReader reader() {
        return reader;
    }

    int handshake(TlsConnection connection) throws IOException, TlsAlertException, PeerAlertException {
        while (true) {
            switch (connection.status()) {
                case NEED_TASK -> runTasks(connection);
                case NEED_SEND -> writer.flush(connection);
                case NEED_RECEIVE -> reader.receive(connection);
                case READY -> {
                    connection.takeFinished();
                    return 0;
                }
                case NOT_STARTED, CLOSED -> throw new SocketException("Socket is closed");
            }
        }
    }

    private static void runTasks(TlsConnection connection) {
        for (var task = connection.nextTask(); task.isPresent(); task = connection.nextTask()) {
            task.get().run();
        }
    }

    /** Octets of application data, at least one; or -1 if the peer sends no more. */
    int read(TlsConnection connection, ByteBuffer room) throws IOException, TlsAlertException, PeerAlertException {
        if (vigil.isKept(connection)) return vigil.read(connection, room, this::goOn);
        int count = reader.read(connection, room);
        while (count == 0) {
            goOn(connection);
            count = reader.read(connection, room);
        }
        return count;
    }

    private void goOn(TlsConnection connection) throws IOException, TlsAlertException {
        runTasks(connection);
        try {
            answer(connection);
        } catch (IOException gone) {
            // Who has said close_notify need not wait for the answer.
            if (!connection.isInboundClosed()) throw gone;
        }
    }

    /** Whether the peer is asked by a heartbeat now. */
    boolean ask(TlsConnection connection, int payloadLength) throws IOException, TlsAlertException {
        return vigil.ask(connection, payloadLength, this::goOn);
    }

    /** Whether the peer gives a sign of life, if it owes one. */
    boolean awaitSign(TlsConnection connection, Duration limit)
            throws IOException, TlsAlertException, PeerAlertException {
        return vigil.awaitSign(connection, limit, this::goOn);
    }

    /** Sends what reading has provoked, unless another thread is sending, which then does. */
    void answer(TlsConnection connection) throws IOException, TlsAlertException {
        while (connection.status() == ConnectionStatus.NEED_SEND && writer.lock.tryLock()) {
            try {
                writer.flush(connection);
            } finally {
                writer.lock.unlock();
            }
        }
        if (connection.takeFinished()) onFurtherHandshake.run();
    }

    /** Whether the connection took all of it. */
    boolean write(TlsConnection connection, ByteBuffer data, BooleanSupplier closed)
            throws IOException, TlsAlertException {
        writer.lock.lock();
        try {
            boolean open = true;
            while (open && data.hasRemaining()) open = !closed.getAsBoolean() && writer.write(connection, data);
            return open;
        } finally {
            writer.lock.unlock();
        }
    }

    void flush(TlsConnection connection) throws IOException, TlsAlertException {
        writer.flush(connection);
    }
}
