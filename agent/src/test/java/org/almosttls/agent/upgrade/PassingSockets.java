package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Sockets that do no TLS, and take nothing of the heap: what the one end writes is what the network has. */
final class PassingSockets extends SSLSocketFactory {

    private static final int RECORD = 1 << 14;

    private final SSLSession sizes;

    PassingSockets(SSLSession sizes) {
        this.sizes = sizes;
    }

    @Override
    public Socket createSocket(Socket raw, String host, int port, boolean autoClose) throws IOException {
        return new Passing(raw.getInputStream(), raw.getOutputStream(), sizes);
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return new String[0];
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return new String[0];
    }

    /** Takes from the network what it has, as if it were one record, and has of that what nobody has asked for yet. */
    private static final class Record extends InputStream {

        private final InputStream network;
        private final byte[] opened = new byte[RECORD];
        private int next;
        private int end;

        Record(InputStream network) {
            this.network = network;
        }

        @Override
        public int read() throws IOException {
            return open() ? opened[next++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] destination, int offset, int length) throws IOException {
            if (!open()) return -1;
            int count = Math.min(length, end - next);
            System.arraycopy(opened, next, destination, offset, count);
            next += count;
            return count;
        }

        private boolean open() throws IOException {
            if (next < end) return true;
            next = 0;
            end = network.read(opened, 0, RECORD);
            return end > 0;
        }

        @Override
        public int available() {
            return end - next;
        }
    }

    /** Each octet is written in an array of its own making, which is always the same. */
    private static final class Records extends OutputStream {

        private final OutputStream network;
        private final byte[] octet = new byte[1];

        Records(OutputStream network) {
            this.network = network;
        }

        @Override
        public void write(int single) throws IOException {
            octet[0] = (byte) single;
            network.write(octet, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            network.write(source, offset, length);
        }
    }

    private static final class Passing extends SSLSocket {

        private final InputStream in;
        private final OutputStream out;
        private final SSLSession sizes;

        Passing(InputStream in, OutputStream out, SSLSession sizes) {
            this.in = new Record(in);
            this.out = new Records(out);
            this.sizes = sizes;
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
        public String[] getSupportedCipherSuites() {
            return new String[0];
        }

        @Override
        public String[] getEnabledCipherSuites() {
            return new String[0];
        }

        @Override
        public void setEnabledCipherSuites(String[] suites) {}

        @Override
        public String[] getSupportedProtocols() {
            return new String[0];
        }

        @Override
        public String[] getEnabledProtocols() {
            return new String[0];
        }

        @Override
        public void setEnabledProtocols(String[] protocols) {}

        @Override
        public SSLSession getSession() {
            return sizes;
        }

        @Override
        public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {}

        @Override
        public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {}

        @Override
        public void startHandshake() {}

        @Override
        public void setUseClientMode(boolean client) {}

        @Override
        public boolean getUseClientMode() {
            return true;
        }

        @Override
        public void setNeedClientAuth(boolean need) {}

        @Override
        public boolean getNeedClientAuth() {
            return false;
        }

        @Override
        public void setWantClientAuth(boolean want) {}

        @Override
        public boolean getWantClientAuth() {
            return false;
        }

        @Override
        public void setEnableSessionCreation(boolean may) {}

        @Override
        public boolean getEnableSessionCreation() {
            return true;
        }
    }
}
