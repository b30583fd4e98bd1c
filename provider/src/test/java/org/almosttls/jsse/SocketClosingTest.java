package org.almosttls.jsse;

import static org.almosttls.testkit.SocketPair.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLProtocolException;
import javax.net.ssl.SSLSocket;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.Noise;
import org.almosttls.testkit.Pairing;
import org.almosttls.testkit.RawPair;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.StuckSocket;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How sockets end, and what is left of the transport under them. */
@Timeout(60)
class SocketClosingTest {

    private static final String REQUIRE_CLOSE_NOTIFY = "com.sun.net.ssl.requireCloseNotify";

    private static SSLContext client() {
        return Contexts.client(Contexts.OURS);
    }

    private static SSLContext server() {
        return Contexts.with(Contexts.OURS, TestCertificates.ecServer());
    }

    private static SocketPair pair() throws Exception {
        return new SocketPair(client(), server()).handshake();
    }

    @Test
    void aClosedSocketIsOfNoUse() throws Exception {
        try (var pair = pair()) {
            var in = pair.client().getInputStream();
            var out = pair.client().getOutputStream();
            pair.client().close();
            assertTrue(pair.client().isClosed());
            assertEquals(-1, in.read());
            assertThrows(SocketException.class, () -> out.write(1));
            assertThrows(SocketException.class, pair.client()::getInputStream);
        }
    }

    @Test
    void closingAStreamClosesTheSocket() throws Exception {
        try (var pair = pair()) {
            pair.client().getInputStream().close();
            pair.server().getOutputStream().close();
            assertTrue(pair.client().isClosed());
            assertTrue(pair.server().isClosed());
        }
    }

    @Test
    void closingFreesAReader() throws Exception {
        try (var pair = pair()) {
            var begun = new CountDownLatch(1);
            var reading = pair.async(() -> {
                begun.countDown();
                return pair.client().getInputStream().read();
            });
            begun.await();
            pair.client().close();
            assertThrows(SocketException.class, () -> await(reading));
        }
    }

    @Test
    void closingFreesAWriterWhoseDataNobodyTakes() throws Exception {
        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var stuck = new StuckSocket(InetAddress.getLoopbackAddress(), listening.getLocalPort());
                var raw = new RawPair(stuck, listening.accept());
                var pair = SocketPair.layered(client(), server(), raw, true).handshake()) {
            var out = pair.client().getOutputStream();
            stuck.stick();
            var writing = pair.async(() -> {
                out.write(Noise.of(100));
                return true;
            });
            stuck.awaitStuck();
            pair.client().close();
            assertThrows(SocketException.class, () -> await(writing));
        }
    }

    @Test
    void theLastWordArrivesThoughTheFirstWasNotRead() throws Exception {
        try (var pair = pair()) {
            pair.client().getOutputStream().write(Noise.of(50_000));
            pair.server().getOutputStream().write(Noise.of(10));
            pair.server().close();
            assertArrayEquals(Noise.of(10), pair.client().getInputStream().readAllBytes());
        }
    }

    @Test
    void outputCanBeShutDownFirst() throws Exception {
        try (var pair = pair()) {
            var out = pair.client().getOutputStream();
            pair.client().shutdownOutput();
            assertTrue(pair.client().isOutputShutdown());
            assertFalse(pair.client().isClosed());
            assertThrows(SocketException.class, () -> out.write(1));
            assertEquals(-1, pair.server().getInputStream().read());
            assertEquals(-1, pair.client().getInputStream().read());
        }
    }

    @Test
    void inputThatIsShutDownBeforeThePeerIsDoneIsShutDownAllTheSame() throws Exception {
        try (var pair = pair()) {
            var in = pair.client().getInputStream();
            assertThrows(SSLException.class, pair.client()::shutdownInput);
            assertTrue(pair.client().isInputShutdown());
            assertEquals(-1, in.read());
        }
    }

    @Test
    void theEndOfTheTransportIsTheEndOfInput() throws Exception {
        try (var raw = RawPair.open();
                var pair = SocketPair.layered(client(), server(), raw, true).handshake()) {
            raw.server().close();
            assertEquals(-1, pair.client().getInputStream().read());
        }
    }

    @Test
    void theEndOfTheTransportIsAFailureWhereCloseNotifyIsRequired() throws Exception {
        System.setProperty(REQUIRE_CLOSE_NOTIFY, "true");
        try (var raw = RawPair.open();
                var pair = SocketPair.layered(client(), server(), raw, true).handshake()) {
            raw.server().close();
            var in = pair.client().getInputStream();
            assertThrows(SSLProtocolException.class, in::read);
        } finally {
            System.clearProperty(REQUIRE_CLOSE_NOTIFY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theTransportGoesOnInTheClear(Pairing pairing) throws Exception {
        try (var raw = RawPair.open();
                var pair = SocketPair.layered(pairing.client(), pairing.server(TestCertificates.ecServer()), raw, false)
                        .handshake()) {
            var ended = pair.async(() -> {
                int end = pair.server().getInputStream().read();
                pair.server().close();
                raw.server().getOutputStream().write(Noise.of(1000));
                return end;
            });
            pair.client().close();
            assertEquals(-1, await(ended));
            assertFalse(raw.client().isClosed());
            assertArrayEquals(Noise.of(1000), raw.client().getInputStream().readNBytes(1000));
            raw.client().getOutputStream().write(7);
            assertEquals(7, raw.server().getInputStream().read());
        }
    }

    @Test
    void whatWasConsumedBeforeCountsAsInput() throws Exception {
        try (var raw = RawPair.open();
                var ofClient =
                        (SSLSocket) client().getSocketFactory().createSocket(raw.client(), "localhost", 1, true)) {
            var serving = new SocketPair(client(), server());
            var session = serving.async(() -> {
                byte[] consumed = raw.server().getInputStream().readNBytes(11);
                var ofServer = (SSLSocket) server().getSocketFactory()
                        .createSocket(raw.server(), new ByteArrayInputStream(consumed), true);
                return ofServer.getSession().getCipherSuite();
            });
            assertEquals(ofClient.getSession().getCipherSuite(), await(session));
            assertTrue(ofClient.getSession().isValid());
            serving.close();
        }
    }

    @Test
    void aClientsFactoryMakesServersToo() throws Exception {
        try (var raw = RawPair.open();
                var pair = SocketPair.layered(client(), server(), raw, true);
                var turned = (SSLSocket) server().getSocketFactory().createSocket(raw.server(), "any", 1, true)) {
            turned.setUseClientMode(false);
            var serving = pair.async(() -> turned.getSession().isValid());
            assertTrue(pair.client().getSession().isValid());
            assertTrue(await(serving));
        }
    }
}
