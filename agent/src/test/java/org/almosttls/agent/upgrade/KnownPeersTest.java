package org.almosttls.agent.upgrade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.agent.options.UpgradeOptions;
import org.almosttls.agent.options.UpgradeOptions.Mode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is asked whether it speaks TLS, and for how long its answer holds. */
class KnownPeersTest {

    /** RFC 8446 §6: handshake_failure. */
    private static final byte[] ALERT = {21, 3, 3, 0, 2, 2, 40};

    private static final byte[] PLAINTEXT = "220 ready\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = {};
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int IMPATIENCE_MILLIS = 50;
    private static final long TEN_MINUTES = TimeUnit.MINUTES.toNanos(10);

    private final AtomicInteger questions = new AtomicInteger();
    /** Wherever a clock may begin. */
    private long now = Long.MAX_VALUE - TEN_MINUTES / 2;

    private KnownPeers peers = peers(PATIENCE_MILLIS);
    private ServerSocket server;
    private volatile byte[] answer;

    private KnownPeers peers(int patienceMillis) {
        var options = new UpgradeOptions(
                Mode.PERMISSIVE, List.of(), List.of(), List.of(), Optional.empty(), Optional.empty(), false);
        return new KnownPeers(new Tls(options, AlmostTlsProvider::new), () -> now, patienceMillis);
    }

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread serving = new Thread(this::serve);
        serving.setDaemon(true);
        serving.start();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    /** Answers whatever is said first, and waits for who has asked to leave. */
    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                questions.incrementAndGet();
                client.getInputStream().read();
                client.getOutputStream().write(answer);
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException left) {
                continue;
            }
        }
    }

    private InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    private int questionsAfter(long nanos) {
        now += nanos;
        peers.meet(address(), 0);
        return questions.get();
    }

    @Test
    void whoIsNotAskedIsNotKnown() {
        assertFalse(peers.speaksTls(address()));
    }

    @Test
    void whoAnswersInTlsIsNotAskedAgainThoughThereWasNoHandshake() {
        answer = ALERT;
        assertEquals(1, questionsAfter(0));
        assertTrue(peers.speaksTls(address()));
        answer = PLAINTEXT;
        assertEquals(1, questionsAfter(100 * TEN_MINUTES));
        assertTrue(peers.speaksTls(address()));
    }

    @Test
    void whoAnswersInPlaintextIsLeftInPeaceForTenMinutes() {
        answer = PLAINTEXT;
        assertEquals(1, questionsAfter(0));
        assertFalse(peers.speaksTls(address()));
        answer = ALERT;
        assertEquals(1, questionsAfter(TEN_MINUTES - 1));
        assertFalse(peers.speaksTls(address()));
        assertEquals(2, questionsAfter(1));
        assertTrue(peers.speaksTls(address()));
    }

    @Test
    void soIsWhoSaysNothing() {
        answer = NOTHING;
        peers = peers(IMPATIENCE_MILLIS);
        assertEquals(1, questionsAfter(0));
        assertFalse(peers.speaksTls(address()));
        assertEquals(1, questionsAfter(TEN_MINUTES - 1));
        assertEquals(2, questionsAfter(1));
    }

    @Test
    void soIsWhereNobodyListens() throws IOException {
        server.close();
        peers.meet(address(), 0);
        assertFalse(peers.speaksTls(address()));
    }

    @Test
    void anotherPortIsAnother() throws IOException {
        answer = ALERT;
        assertEquals(1, questionsAfter(0));
        assertFalse(peers.speaksTls(new InetSocketAddress(server.getInetAddress(), server.getLocalPort() ^ 1)));
    }
}
