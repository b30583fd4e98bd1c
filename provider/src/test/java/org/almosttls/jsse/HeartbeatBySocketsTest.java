package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.api.Heartbeat;
import org.almosttls.api.SocketHeartbeat;
import org.almosttls.config.OnRequest;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EngineTransport;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.MovableClock;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** RFC 6520 §5.2: a thread that waits in a read asks a silent peer, and is not left with a dead one. */
@Timeout(60)
class HeartbeatBySocketsTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final MovableClock clock = new MovableClock();
    private EngineTransport transport;
    private SSLSocket socket;

    private SSLContext context(Optional<TestIdentity> identity, String heartbeat) throws GeneralSecurityException {
        var wanted = OnRequest.of(word -> Optional.of(word.equals("heartbeat") ? heartbeat : "false"));
        var spi = new AlmostSslContext(Lent.by(clock, wanted), Scope.TLS_1_2);
        var context = new SSLContext(spi, Contexts.OURS, "TLSv1.2") {};
        var trust = Contexts.trust(TestCertificates.trustStore());
        context.init(identity.map(Contexts::keys).orElse(null), trust, null);
        return context;
    }

    private SocketHeartbeat connect(String ofClient, String ofServer) throws Exception {
        var server = context(Optional.of(TestCertificates.ecServer()), ofServer).createSSLEngine();
        transport = new EngineTransport(server, clock);
        var factory = context(Optional.empty(), ofClient).getSocketFactory();
        socket = (SSLSocket) factory.createSocket(transport, TestCertificates.HOST, 443, true);
        socket.startHandshake();
        return (SocketHeartbeat) socket;
    }

    private int read() throws IOException {
        return socket.getInputStream().read();
    }

    private Duration durationOf(Class<? extends IOException> end) {
        var begun = clock.now();
        assertThrows(end, this::read);
        return Duration.between(begun, clock.now());
    }

    private static Heartbeat peerOf(EngineTransport transport) {
        return (Heartbeat) transport.peer().engine();
    }

    @Test
    void aSilentPeerIsAskedAndTheReadGoesOn() throws Exception {
        connect("30s", "true");
        transport.send(Duration.ofMinutes(10), (byte) 7);
        assertEquals(7, read());
    }

    @Test
    void aDeadPeerEndsTheReadByAnExceptionThatNamesIt() throws Exception {
        connect("30s", "true");
        transport.die();
        var begun = clock.now();
        var input = socket.getInputStream();
        var output = socket.getOutputStream();
        var end = assertThrows(SSLException.class, input::read);
        assertFalse(end instanceof SSLHandshakeException);
        assertTrue(end.getMessage().contains("has not answered a heartbeat"), end.getMessage());
        assertEquals(60, Duration.between(begun, clock.now()).toSeconds());
        Expect.violation(Violation.HEARTBEAT_UNANSWERED, () -> {
            throw (TlsAlertException) end.getCause();
        });
        assertTrue(transport.isClosed());
        assertThrows(SSLException.class, input::read);
        assertThrows(SocketException.class, () -> output.write(1));
    }

    @Test
    void whoNeedsNoHeartbeatsWaitsForEver() throws Exception {
        connect("true", "true");
        transport.die();
        assertEquals(
                "waits for ever", assertThrows(AssertionError.class, this::read).getMessage());
    }

    @Test
    void whereThePeerHasNoHeartbeatsNothingIsAsked() throws Exception {
        assertFalse(connect("30s", "false").mayAskHeartbeat());
        assertEquals(
                "waits for ever", assertThrows(AssertionError.class, this::read).getMessage());
    }

    /** Neither our own heartbeats nor the peer's are the data that an application waits for. */
    @Test
    void theApplicationsTimeoutIsNotProlonged() throws Exception {
        connect("10s", "true");
        socket.setSoTimeout(35_000);
        assertEquals(Duration.ofSeconds(35), durationOf(SocketTimeoutException.class));
        assertEquals(35_000, socket.getSoTimeout());
    }

    @Test
    void thePeersHeartbeatsDoNotProlongItEither() throws Exception {
        connect("true", "true");
        socket.setSoTimeout(15_000);
        transport.onWrite(() -> {
            if (peerOf(transport).askHeartbeat(4)) transport.send(Duration.ofSeconds(4));
        });
        assertTrue(peerOf(transport).askHeartbeat(4));
        transport.send(Duration.ofSeconds(4));
        assertEquals(Duration.ofSeconds(15), durationOf(SocketTimeoutException.class));
        transport.send(Duration.ofSeconds(1), (byte) 9);
        assertEquals(9, read(), "and nothing is lost");
    }

    /** Short waits of the application add up. */
    @Test
    void aPeerIsFoundDeadByOneWhoWaitsInShortTurns() throws Exception {
        connect("30s", "true");
        transport.die();
        socket.setSoTimeout(7_000);
        var begun = clock.now();
        IOException end = assertThrows(IOException.class, this::read);
        while (end instanceof SocketTimeoutException) end = assertThrows(IOException.class, this::read);
        assertTrue(end.getMessage().contains("heartbeat"), end.getMessage());
        assertTrue(Duration.between(begun, clock.now()).compareTo(Duration.ofSeconds(67)) <= 0);
    }

    /** Who sends is alive, whether or not it answers. */
    @Test
    void dataIsASignOfLife() throws Exception {
        connect("30s", "true");
        transport.die();
        for (int i = 0; i < 5; i++) {
            transport.send(Duration.ofSeconds(50), (byte) i);
            assertEquals(i, read());
        }
    }

    /** A record that comes in pieces, with time-outs between, comes whole. */
    @Test
    void noOctetIsLostByTheSlices() throws Exception {
        connect("1s", "true");
        transport.die();
        byte[] record = transport.peer().wrapAll(new byte[] {1, 2, 3, 4, 5});
        for (byte octet : record) transport.deliver(Duration.ofMillis(1500), octet);
        var got = new byte[5];
        assertEquals(5, socket.getInputStream().readNBytes(got, 0, 5));
        assertEquals(5, got[4]);
    }

    @Test
    void theApplicationMayAskAndWait() throws Exception {
        var heart = connect("true", "true");
        assertTrue(heart.mayAskHeartbeat());
        assertTrue(heart.awaitHeartbeat(SOON), "owes nothing");
        assertTrue(heart.askHeartbeat(1000));
        assertFalse(heart.askHeartbeat(1000), "RFC 6520 §3: one at a time");
        assertTrue(heart.isHeartbeatDue());
        assertTrue(heart.awaitHeartbeat(SOON));
        assertFalse(heart.isHeartbeatDue());
        transport.die();
        assertTrue(heart.askHeartbeat(0));
        var begun = clock.now();
        assertFalse(heart.awaitHeartbeat(SOON));
        assertEquals(SOON, Duration.between(begun, clock.now()));
        assertTrue(heart.isHeartbeatDue());
    }

    @Test
    void dataThatComesWhileTheApplicationWaitsForTheAnswerIsKept() throws Exception {
        var heart = connect("true", "true");
        transport.die();
        assertTrue(heart.askHeartbeat(16));
        transport.send(Duration.ofSeconds(1), (byte) 5);
        assertTrue(heart.awaitHeartbeat(SOON));
        assertEquals(5, read());
    }

    @Test
    void lengthsAndIntervalsOutOfBoundsHarmNobody() throws Exception {
        var heart = connect("true", "true");
        for (int length : new int[] {-1, 16384 - 18, Integer.MAX_VALUE})
            assertThrows(IllegalArgumentException.class, () -> heart.askHeartbeat(length));
        assertThrows(IllegalArgumentException.class, () -> heart.setHeartbeatInterval(Duration.ofMillis(999)));
        assertThrows(IllegalArgumentException.class, () -> heart.setHeartbeatInterval(Duration.ofSeconds(-1)));
        heart.setHeartbeatInterval(Duration.ofDays(1_000_000_000));
        assertTrue(heart.askHeartbeat(16384 - 19));
        assertTrue(heart.awaitHeartbeat(Duration.ofDays(1_000_000_000)));
    }

    @Test
    void oneSocketMayHaveAnIntervalOfItsOwn() throws Exception {
        var heart = connect("30s", "true");
        heart.setHeartbeatInterval(Duration.ofSeconds(5));
        transport.die();
        assertEquals(10, durationOf(SSLException.class).toSeconds());
    }

    @Test
    void anIntervalOfZeroIsNone() throws Exception {
        connect("30s", "true").setHeartbeatInterval(Duration.ZERO);
        assertThrows(AssertionError.class, this::read);
    }

    /** What the application has asked just now is not the vigil's own question of long ago. */
    @Test
    void aQuestionOfTheApplicationIsGivenItsTime() throws Exception {
        var heart = connect("30s", "true");
        transport.die();
        socket.setSoTimeout(29_000);
        assertThrows(SocketTimeoutException.class, this::read);
        assertTrue(heart.askHeartbeat(16));
        assertThrows(SocketTimeoutException.class, this::read);
        assertThrows(SSLException.class, this::read);
    }

    @Test
    void enginesAskWithTheirNextWrap() throws Exception {
        connect("true", "true");
        var engine = peerOf(transport);
        assertTrue(engine.mayAskHeartbeat());
        assertTrue(engine.askHeartbeat(100));
        assertTrue(engine.isHeartbeatDue());
        transport.send(Duration.ZERO);
        transport.send(Duration.ofSeconds(1), (byte) 1);
        assertEquals(1, read());
        assertFalse(engine.isHeartbeatDue());
    }
}
