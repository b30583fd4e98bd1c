package org.almosttls.jsse;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The application data that comes over a socket. */
final class SocketInput extends InputStream {

    private final AlmostSslSocket socket;
    private final SocketLoop loop;

    SocketInput(AlmostSslSocket socket, SocketLoop loop) {
        this.socket = socket;
        this.loop = loop;
    }

    @Override
    public int read() throws IOException {
        var octet = new byte[1];
        return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xFF;
    }

    @Override
    public int read(byte[] destination, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, destination.length);
        if (length == 0) return 0;
        if (loop.isInputShut()) return -1;
        socket.handshake();
        return loop.read(destination, offset, length);
    }

    @Override
    public int available() {
        return loop.available();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
