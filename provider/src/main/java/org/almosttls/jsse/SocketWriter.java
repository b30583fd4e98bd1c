package org.almosttls.jsse;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.engine.ConnectionStatus;
import org.almosttls.engine.Progress;
import org.almosttls.engine.TlsConnection;

/** Puts the records of a connection on a socket. */
final class SocketWriter {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int FIRST_CAPACITY = 4096;

    /** Held by whoever writes. */
    final ReentrantLock lock = new ReentrantLock();

    private final Socket raw;
    private final ByteBuffer[] source = new ByteBuffer[1];
    private ByteBuffer network = NOTHING;

    SocketWriter(Socket raw) {
        this.raw = raw;
    }

    /** Sends one record of {@code data}; whether the connection still takes any. */
    boolean write(TlsConnection connection, ByteBuffer data) throws IOException, TlsAlertException {
        lock.lock();
        try {
            var progress = sendRecord(connection, data);
            transmit();
            return progress != Progress.CLOSED;
        } finally {
            lock.unlock();
        }
    }

    /** Sends what waits to be sent, a flight in as few segments as it fits in. */
    void flush(TlsConnection connection) throws IOException, TlsAlertException {
        lock.lock();
        try {
            while (connection.status() == ConnectionStatus.NEED_SEND) sendRecord(connection, NOTHING);
        } finally {
            try {
                transmit();
            } finally {
                lock.unlock();
            }
        }
    }

    private Progress sendRecord(TlsConnection connection, ByteBuffer data) throws IOException, TlsAlertException {
        source[0] = data;
        try {
            var progress = connection.send(source, 0, 1, network);
            while (progress == Progress.NEED_ROOM) {
                makeRoom();
                progress = connection.send(source, 0, 1, network);
            }
            return progress;
        } finally {
            source[0] = NOTHING;
        }
    }

    private void makeRoom() throws IOException {
        if (network.position() > 0) transmit();
        else network = ByteBuffer.allocate(network == NOTHING ? FIRST_CAPACITY : TlsConnection.MAX_RECORD);
    }

    private void transmit() throws IOException {
        int octets = network.position();
        network.clear();
        if (octets > 0) raw.getOutputStream().write(network.array(), 0, octets);
    }
}
