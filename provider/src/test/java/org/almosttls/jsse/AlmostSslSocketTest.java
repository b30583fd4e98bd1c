package org.almosttls.jsse;

import static org.almosttls.testkit.SocketPair.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HandshakeCompletedEvent;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.Pairing;
import org.almosttls.testkit.RawPair;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The life of a socket before, during and after its handshake. */
@Timeout(60)
class AlmostSslSocketTest {

    private static SocketPair pair() throws Exception {
        var ours = Pairing.OURS_WITH_OURS;
        return new SocketPair(ours.client(), ours.server(TestCertificates.ecServer()));
    }

    private static SSLSocket unconnected() throws Exception {
        return (SSLSocket) Contexts.client(Contexts.OURS).getSocketFactory().createSocket();
    }

    private static SSLSocket over(RawPair raw) throws Exception {
        return (SSLSocket) Contexts.client(Contexts.OURS)
                .getSocketFactory()
                .createSocket(raw.client(), TestCertificates.HOST, 443, true);
    }

    @Test
    void anUnconnectedSocketHasNoStreams() throws Exception {
        try (var socket = unconnected()) {
            assertThrows(SocketException.class, socket::getInputStream);
            assertThrows(SocketException.class, socket::getOutputStream);
            assertThrows(SocketException.class, socket::startHandshake);
        }
    }

    @Test
    void withoutHandshakeTheSessionSaysThatThereIsNone() throws Exception {
        try (var socket = unconnected()) {
            assertEquals("SSL_NULL_WITH_NULL_NULL", socket.getSession().getCipherSuite());
            assertEquals("NONE", socket.getSession().getProtocol());
            assertFalse(socket.getSession().isValid());
            assertNull(socket.getHandshakeSession());
        }
    }

    @Test
    void askingForTheSessionDoesTheHandshake() throws Exception {
        try (var pair = pair()) {
            var serving = pair.async(() -> pair.server().getSession().getProtocol());
            assertEquals("TLSv1.2", pair.client().getSession().getProtocol());
            assertEquals("TLSv1.2", await(serving));
        }
    }

    @Test
    void aFailedHandshakeLeavesASessionThatSaysSo() throws Exception {
        try (var raw = RawPair.open();
                var socket = over(raw)) {
            raw.server().close();
            assertEquals("SSL_NULL_WITH_NULL_NULL", socket.getSession().getCipherSuite());
        }
    }

    @Test
    void aFreshSocketCanBeBoundAndConnected() throws Exception {
        try (var pair = pair();
                var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var socket = unconnected()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            socket.connect(new InetSocketAddress(TestCertificates.HOST, listening.getLocalPort()), 10_000);
            assertTrue(socket.isConnected());
            assertEquals(listening.getLocalPort(), socket.getPort());
            assertFalse(pair.client().isClosed());
        }
    }

    @Test
    void theRoleIsFixedOnceTheHandshakeHasBegun() throws Exception {
        try (var pair = pair().handshake()) {
            assertThrows(IllegalArgumentException.class, () -> pair.client().setUseClientMode(false));
        }
    }

    @Test
    void urgentHasNoPlaceInTls() throws Exception {
        try (var pair = pair().handshake()) {
            assertThrows(SocketException.class, () -> pair.client().sendUrgentData(1));
            assertThrows(SocketException.class, () -> pair.client().setOOBInline(true));
        }
    }

    @Test
    void aSecondHandshakeIsNotBegun() throws Exception {
        try (var pair = pair().handshake()) {
            var session = pair.client().getSession();
            pair.client().startHandshake();
            assertEquals(session, pair.client().getSession());
        }
    }

    @Test
    void listenersAreToldOnAThreadOfTheirOwn() throws Exception {
        try (var pair = pair()) {
            var told = new CompletableFuture<HandshakeCompletedEvent>();
            var teller = new CompletableFuture<Thread>();
            pair.client().addHandshakeCompletedListener(event -> {
                teller.complete(Thread.currentThread());
                told.complete(event);
            });
            pair.handshake();
            assertEquals(
                    pair.client().getSession(), told.get(30, TimeUnit.SECONDS).getSession());
            assertNotEquals(Thread.currentThread(), teller.get(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void nothingCanBeReadOrWrittenInNoTime() throws Exception {
        try (var pair = pair()) {
            assertEquals(0, pair.client().getInputStream().read(new byte[0]));
            pair.client().getOutputStream().write(new byte[0]);
            assertNull(pair.client().getApplicationProtocol());
        }
    }

    @Test
    void whatIsLeftOfARecordIsAvailable() throws Exception {
        try (var pair = pair().handshake()) {
            pair.server().getOutputStream().write(new byte[100]);
            assertEquals(0, pair.client().getInputStream().available());
            pair.client().getInputStream().read();
            assertEquals(99, pair.client().getInputStream().available());
        }
    }

    @Test
    void plaintextIsNotTls() throws Exception {
        try (var raw = RawPair.open();
                var socket = over(raw)) {
            raw.server().getOutputStream().write("HTTP/1.1 400 Bad Request\r\n".getBytes(StandardCharsets.US_ASCII));
            var refusal = assertThrows(SSLException.class, socket::startHandshake);
            assertEquals("Unsupported or unrecognized SSL message", refusal.getMessage());
            assertTrue(socket.isClosed());
        }
    }

    @Test
    void anEndInTheHandshakeIsAFailure() throws Exception {
        try (var raw = RawPair.open();
                var socket = over(raw)) {
            raw.server().shutdownOutput();
            var failure = assertThrows(SSLHandshakeException.class, socket::startHandshake);
            assertEquals("Remote host terminated the handshake", failure.getMessage());
            assertInstanceOf(EOFException.class, failure.getCause());
        }
    }

    @Test
    void aHandshakeThatTimedOutGoesOn() throws Exception {
        var ours = Pairing.OURS_WITH_OURS;
        try (var pair = new SocketPair(ours.client(), ours.server(TestCertificates.ecServer()))) {
            pair.client().setSoTimeout(20);
            assertThrows(SocketTimeoutException.class, pair.client()::startHandshake);
            pair.client().setSoTimeout(0);
            pair.handshake();
            assertTrue(pair.client().getSession().isValid());
        }
    }

    @Test
    void afterAFailureEveryUseSaysWhy() throws Exception {
        var ours = Pairing.OURS_WITH_OURS;
        try (var pair = new SocketPair(ours.client(), ours.server(TestCertificates.unknownCaServer()))) {
            var in = pair.client().getInputStream();
            var out = pair.client().getOutputStream();
            var failure = pair.failures().client().orElseThrow();
            assertEquals(failure, assertThrows(SSLException.class, in::read).getCause());
            assertEquals(
                    failure,
                    assertThrows(SocketException.class, () -> out.write(1)).getCause());
        }
    }
}
