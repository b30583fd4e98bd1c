package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/** What the application reads from: the connection's plaintext, by whatever way it comes. */
final class UpgradedInput extends InputStream {

    private static final int AHEAD = 4096;

    private final UpgradedSocket upgraded;
    private final Socket socket;
    private final ReentrantLock reading = new ReentrantLock();
    /** What was decrypted because somebody asked whether there is something. */
    private byte[] ahead = new byte[0];

    private int next;
    private volatile boolean over;

    UpgradedInput(UpgradedSocket upgraded, Socket socket) {
        this.upgraded = upgraded;
        this.socket = socket;
    }

    @Override
    public int read() throws IOException {
        byte[] octet = new byte[1];
        return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xFF;
    }

    @Override
    public int read(byte[] destination, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, destination.length);
        if (length == 0) return 0;
        if (over && next == ahead.length || isAtEnd()) return -1;
        Way way = upgraded.onRead();
        int count;
        try {
            count = way.tls().isEmpty()
                    ? way.in().read(destination, offset, length)
                    : readDecrypted(way, destination, offset, length);
        } catch (IOException e) {
            if (socket.isInputShutdown() && !socket.isClosed()) return -1;
            throw e;
        }
        if (count < 0 && socket.isClosed()) throw closed();
        if (count < 0) over = true;
        return count;
    }

    private int readDecrypted(Way way, byte[] destination, int offset, int length) throws IOException {
        reading.lock();
        try {
            if (next == ahead.length) return over ? -1 : way.in().read(destination, offset, length);
            int count = Math.min(length, ahead.length - next);
            System.arraycopy(ahead, next, destination, offset, count);
            next += count;
            return count;
        } finally {
            reading.unlock();
        }
    }

    /** As of a socket in plaintext: what has come counts, also if it is yet to be decrypted. */
    @Override
    public int available() throws IOException {
        if (isAtEnd() || !upgraded.isReadyToRead()) return 0;
        Way way = upgraded.onRead();
        if (way.tls().isEmpty()) return way.in().available();
        // Who reads has it soon.
        if (!reading.tryLock()) return 0;
        try {
            if (next == ahead.length && !over && way.in().available() == 0) readAhead(way);
            return ahead.length - next + way.in().available();
        } finally {
            reading.unlock();
        }
    }

    private void readAhead(Way way) throws IOException {
        if (upgraded.rawAvailable() == 0) return;
        byte[] room = new byte[AHEAD];
        int timeout = socket.getSoTimeout();
        socket.setSoTimeout(1);
        try {
            int count = way.in().read(room, 0, room.length);
            over = count < 0;
            ahead = Arrays.copyOf(room, Math.max(count, 0));
            next = 0;
        } catch (SocketTimeoutException incomplete) {
            // The rest of the record is on its way.
        } finally {
            if (!socket.isClosed()) socket.setSoTimeout(timeout);
        }
    }

    private boolean isAtEnd() throws SocketException {
        if (socket.isClosed()) throw closed();
        return socket.isInputShutdown();
    }

    private static SocketException closed() {
        return new SocketException("Socket closed");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
