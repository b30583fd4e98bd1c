package org.almosttls.testkit;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A connected socket that yields a few octets at a time, and times out before each. */
public final class HesitantSocket extends Socket {

    private static final int FEW = 7;

    private boolean ready;

    public HesitantSocket(InetAddress address, int port) throws IOException {
        super(address, port);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read(byte[] destination, int offset, int length) throws IOException {
                ready = !ready;
                if (ready) throw new SocketTimeoutException("not yet");
                return super.read(destination, offset, Math.min(FEW, length));
            }
        };
    }
}
