package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.Objects;

/** What the application writes to. */
final class UpgradedOutput extends OutputStream {

    private final UpgradedSocket upgraded;
    private final Socket socket;

    UpgradedOutput(UpgradedSocket upgraded, Socket socket) {
        this.upgraded = upgraded;
        this.socket = socket;
    }

    @Override
    public void write(int octet) throws IOException {
        Way known = socket.isClosed() || Permitted.isManaged() ? null : upgraded.wayOrNull();
        if (known == null) write(new byte[] {(byte) octet}, 0, 1);
        else known.out().write(octet);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, source.length);
        if (socket.isClosed()) throw new SocketException("Socket closed");
        if (length == 0) return;
        if (Permitted.isManaged()) Permitted.run(() -> writeAll(source, offset, length));
        else writeAll(source, offset, length);
    }

    private int writeAll(byte[] source, int offset, int length) throws IOException {
        upgraded.onWrite(source, offset, length).out().write(source, offset, length);
        return length;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
