package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;

/** The application's socket as TLS needs it below: with the streams of the network, and ends that do not come back to us. */
final class RawSocket extends Socket {

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private volatile boolean halfClosing;

    RawSocket(Socket socket, InputStream in, OutputStream out) throws SocketException {
        super((SocketImpl) null);
        this.socket = socket;
        this.in = in;
        this.out = out;
    }

    Socket socket() {
        return socket;
    }

    /** While this is so the socket's own {@code shutdownOutput} waits for us. */
    void halfClosing(boolean halfClosing) {
        this.halfClosing = halfClosing;
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    @Override
    public void close() throws IOException {
        Aside.<Void, IOException>run(() -> {
            socket.close();
            return null;
        });
    }

    @Override
    public void shutdownOutput() throws IOException {
        if (halfClosing) return;
        Aside.<Void, IOException>run(() -> {
            socket.shutdownOutput();
            return null;
        });
    }

    @Override
    public void shutdownInput() throws IOException {
        socket.shutdownInput();
    }

    @Override
    public boolean isConnected() {
        return socket.isConnected();
    }

    @Override
    public boolean isBound() {
        return socket.isBound();
    }

    @Override
    public boolean isClosed() {
        return socket.isClosed();
    }

    @Override
    public boolean isInputShutdown() {
        return socket.isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return socket.isOutputShutdown();
    }

    @Override
    public InetAddress getInetAddress() {
        return socket.getInetAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return socket.getLocalAddress();
    }

    @Override
    public int getPort() {
        return socket.getPort();
    }

    @Override
    public int getLocalPort() {
        return socket.getLocalPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return socket.getRemoteSocketAddress();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return socket.getLocalSocketAddress();
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        socket.setSoTimeout(millis);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return socket.getSoTimeout();
    }

    @Override
    public int getSoLinger() throws SocketException {
        return socket.getSoLinger();
    }

    @Override
    public String toString() {
        return socket.toString();
    }
}
