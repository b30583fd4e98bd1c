package org.almosttls.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.CountDownLatch;

/** A connected socket whose writes, once it is told so, go nowhere until it is closed, as if the peer never read. */
public final class StuckSocket extends Socket {

    private final CountDownLatch stuck = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean sticky;

    public StuckSocket(InetAddress address, int port) throws IOException {
        super(address, port);
    }

    public void stick() {
        sticky = true;
    }

    /** Waits until somebody is stuck. */
    public void awaitStuck() throws InterruptedException {
        stuck.await();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        var real = super.getOutputStream();
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] source, int offset, int length) throws IOException {
                if (sticky) hang();
                real.write(source, offset, length);
            }
        };
    }

    private void hang() throws SocketException {
        stuck.countDown();
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new SocketException("Socket closed");
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        super.close();
    }
}
