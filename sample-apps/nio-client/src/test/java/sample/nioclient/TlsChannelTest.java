package sample.nioclient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a peer may do that no HTTPS server does. */
@Timeout(60)
class TlsChannelTest {

    private ServerSocket peer;

    @BeforeEach
    void listen() throws IOException {
        peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        peer.close();
    }

    @Test
    void failsIfThePeerHangsUp() {
        CompletableFuture.runAsync(() -> hangUp(""));
        assertThrows(SSLException.class, () -> send(Duration.ofSeconds(30)));
    }

    @Test
    void failsIfThePeerDoesNotSpeakTls() {
        CompletableFuture.runAsync(() -> hangUp("HTTP/1.0 400 Bad Request\r\n\r\n"));
        assertThrows(SSLException.class, () -> send(Duration.ofSeconds(30)));
    }

    @Test
    void doesNotWaitForEver() {
        var said = assertThrows(SocketTimeoutException.class, () -> send(Duration.ofMillis(300)));
        assertEquals("no answer in time", said.getMessage());
    }

    private void hangUp(String lastWords) {
        try (Socket socket = peer.accept();
                InputStream in = socket.getInputStream()) {
            // The ClientHello is read whole, so that closing does not reset the connection.
            int length = ByteBuffer.wrap(in.readNBytes(5)).getShort(3);
            in.readNBytes(length);
            socket.getOutputStream().write(lastWords.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(Duration patience) throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine("localhost", peer.getLocalPort());
        engine.setUseClientMode(true);
        try (Wire wire = Wire.connect("localhost", peer.getLocalPort(), patience);
                TlsChannel channel = new TlsChannel(wire, engine, Runnable::run)) {
            channel.send(ByteBuffer.allocate(1));
        }
    }
}
