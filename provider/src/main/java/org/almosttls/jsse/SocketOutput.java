package org.almosttls.jsse;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/** The application data that goes over a socket; every call sends what it is given at once. */
final class SocketOutput extends OutputStream {

    private final AlmostSslSocket socket;
    private final SocketLoop loop;

    SocketOutput(AlmostSslSocket socket, SocketLoop loop) {
        this.socket = socket;
        this.loop = loop;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, source.length);
        if (length == 0) return;
        loop.requireUnbroken();
        socket.handshake();
        loop.write(source, offset, length);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
