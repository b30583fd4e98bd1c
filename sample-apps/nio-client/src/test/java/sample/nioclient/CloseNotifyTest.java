package sample.nioclient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sample.testkit.ThrowAwayKeys;

/** How a connection ends, against a server socket of the stock provider. */
@Timeout(180)
class CloseNotifyTest {

    private static final char[] PASSWORD = ThrowAwayKeys.PASSWORD.toCharArray();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static SSLContext context;
    private static ExecutorService tasks;
    private ServerSocket listener;

    @BeforeAll
    static void prepare() throws GeneralSecurityException, IOException {
        var files = ThrowAwayKeys.in(folder);
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(files.serverEc().toFile(), PASSWORD), PASSWORD);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(KeyStore.getInstance(files.trustStore().toFile(), PASSWORD));
        context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        tasks = Executors.newCachedThreadPool();
    }

    @AfterAll
    static void stopTasks() {
        tasks.shutdownNow();
    }

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        listener.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void thePeerIsToldTheEnd(String protocol) throws Exception {
        var heard = CompletableFuture.supplyAsync(
                () -> serve((raw, socket) -> {
                    // Without close_notify this would be an SSLException.
                    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                }),
                tasks);
        try (Wire wire = Wire.connect("localhost", listener.getLocalPort(), PATIENCE);
                TlsChannel channel = new TlsChannel(wire, engine(protocol), tasks)) {
            channel.send(ascii("question"));
        }
        assertEquals("question", heard.get(60, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void anEndThatWasToldIsAnEnd(String protocol) throws Exception {
        CompletableFuture.supplyAsync(() -> serve((raw, socket) -> answer(socket)), tasks);
        assertEquals("answer", receiveAll(protocol));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void anEndThatWasNotToldIsAnError(String protocol) {
        CompletableFuture.supplyAsync(
                () -> serve((raw, socket) -> {
                    answer(socket);
                    raw.close();
                    return "";
                }),
                tasks);
        assertThrows(SSLException.class, () -> receiveAll(protocol));
    }

    private interface Server {
        String talk(Socket raw, SSLSocket socket) throws IOException;
    }

    private String serve(Server server) {
        try (Socket raw = listener.accept();
                SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(raw, null, true)) {
            socket.setUseClientMode(false);
            return server.talk(raw, socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String answer(SSLSocket socket) throws IOException {
        socket.getInputStream().readNBytes("question".length());
        socket.getOutputStream().write("answer".getBytes(StandardCharsets.US_ASCII));
        return "answer";
    }

    private String receiveAll(String protocol) throws IOException {
        var received = new StringBuilder();
        try (Wire wire = Wire.connect("localhost", listener.getLocalPort(), PATIENCE);
                TlsChannel channel = new TlsChannel(wire, engine(protocol), tasks)) {
            channel.send(ascii("question"));
            boolean more = true;
            while (more) {
                more = channel.receive(bytes -> received.append(StandardCharsets.US_ASCII.decode(bytes)));
            }
        }
        return received.toString();
    }

    private SSLEngine engine(String protocol) {
        SSLEngine engine = context.createSSLEngine("localhost", listener.getLocalPort());
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(new String[] {protocol});
        return engine;
    }

    private static ByteBuffer ascii(String text) {
        return StandardCharsets.US_ASCII.encode(text);
    }
}
