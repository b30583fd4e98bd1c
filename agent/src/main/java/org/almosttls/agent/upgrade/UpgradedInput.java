package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/** What the application reads from: the connection's plaintext, by whatever way it comes. */
final class UpgradedInput extends InputStream {

    private static final int NONE = -1;

    private final UpgradedSocket upgraded;
    private final Socket socket;
    private final ReentrantLock reading = new ReentrantLock();
    private final byte[] octet = new byte[1];
    /** What was decrypted because somebody asked whether there is something; TLS keeps the rest of its record. */
    private int ahead = NONE;

    private boolean asked;
    private volatile boolean over;

    UpgradedInput(UpgradedSocket upgraded, Socket socket) {
        this.upgraded = upgraded;
        this.socket = socket;
    }

    @Override
    public int read() throws IOException {
        reading.lock();
        try {
            return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xFF;
        } finally {
            reading.unlock();
        }
    }

    @Override
    public int read(byte[] destination, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, destination.length);
        return Permitted.isManaged()
                ? Permitted.run(() -> readSome(destination, offset, length))
                : readSome(destination, offset, length);
    }

    private int readSome(byte[] destination, int offset, int length) throws IOException {
        if (length == 0) return 0;
        if (over || isAtEnd()) return -1;
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
            if (ahead == NONE) return over ? -1 : way.in().read(destination, offset, length);
            boolean more = length > 1 && way.in().available() > 0;
            int count = more ? way.in().read(destination, offset + 1, length - 1) : 0;
            destination[offset] = (byte) ahead;
            ahead = NONE;
            return 1 + Math.max(count, 0);
        } finally {
            reading.unlock();
        }
    }

    /** As of a socket in plaintext: what has come counts, also if it is yet to be decrypted. */
    @Override
    public int available() throws IOException {
        return Permitted.isManaged() ? Permitted.run(this::count) : count();
    }

    private int count() throws IOException {
        if (isAtEnd() || !upgraded.isReadyToRead()) return 0;
        Way way = upgraded.onRead();
        if (way.tls().isEmpty()) return way.in().available();
        // Who reads has it soon.
        if (!reading.tryLock()) return 0;
        try {
            if (ahead == NONE && !over && way.in().available() == 0) readAhead(way);
            return (ahead == NONE ? 0 : 1) + way.in().available();
        } finally {
            reading.unlock();
        }
    }

    private void readAhead(Way way) throws IOException {
        // The first time there may be a handshake to begin.
        if (asked && upgraded.rawAvailable() == 0) return;
        asked = true;
        int count = upgraded.readWhatHasCome(way, octet);
        if (count > 0) ahead = octet[0] & 0xFF;
        over = count < 0;
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
