package org.almosttls.interop;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.TlsConfig;
import org.almosttls.engine.PeerAlertException;
import org.almosttls.testkit.End;

/** One of our connections over a socket, with nothing of JSSE around it. */
final class BareConnection implements AutoCloseable {

    private final Socket socket;
    private final End end;

    private BareConnection(Socket socket, End end) throws IOException {
        this.socket = socket;
        this.end = end;
        socket.setSoTimeout(Ours.PATIENCE_MILLIS);
    }

    static BareConnection accepted(ServerSocket listening, TlsConfig config) throws Exception {
        return accepted(listening, config, config);
    }

    /** @param next what it wants when the handshake is over */
    static BareConnection accepted(ServerSocket listening, TlsConfig config, TlsConfig next) throws Exception {
        return new BareConnection(listening.accept(), new End(config, next)).shaken();
    }

    static BareConnection called(int port, TlsConfig config) throws Exception {
        return called(port, config, new Socket());
    }

    /** @param socket not connected yet */
    static BareConnection called(int port, TlsConfig config, Socket socket) throws Exception {
        socket.connect(new InetSocketAddress(Ours.LOOPBACK, port));
        return new BareConnection(socket, new End(config)).shaken();
    }

    private BareConnection shaken() throws Exception {
        write(end.flush());
        while (end.connection().session().isEmpty()) read();
        return this;
    }

    private void read() throws IOException, TlsAlertException, PeerAlertException {
        var some = new byte[1 << 14];
        int length = socket.getInputStream().read(some);
        if (length < 0) throw new EOFException();
        end.deliver(Arrays.copyOf(some, length));
        try {
            end.receive();
        } finally {
            write(end.flush());
        }
    }

    private void write(byte[] bytes) throws IOException {
        if (bytes.length > 0) socket.getOutputStream().write(bytes);
    }

    NegotiatedSession session() {
        return end.connection().session().orElseThrow();
    }

    End end() {
        return end;
    }

    void send(String text) throws Exception {
        write(end.seal(text.getBytes(StandardCharsets.US_ASCII)));
    }

    /** As a server: asks who the client is (RFC 8446 §4.6.2). */
    void ask() throws Exception {
        if (!end.connection().inquiry().ask()) throw new AssertionError("the client cannot be asked");
        write(end.flush());
    }

    /** Receives until it is so. */
    void until(BooleanSupplier so) throws Exception {
        while (!so.getAsBoolean()) read();
    }

    /** All that has come when so much has. */
    String received(int length) throws Exception {
        until(() -> end.data().length >= length);
        return new String(end.data(), StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException, TlsAlertException {
        end.connection().closeOutbound();
        try {
            write(end.flush());
        } catch (IOException gone) {
            // The other end has closed already.
        } finally {
            socket.close();
        }
    }
}
