package org.almosttls.control;

import static org.almosttls.testkit.SocketPair.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.almosttls.testkit.Noise;
import org.almosttls.testkit.RawPair;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.StuckSocket;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How sockets end: closed, shut down in one direction, by another thread, above a transport that goes on. */
class SocketEndsTest {

    abstract static class Suite extends Control {

        Suite(Stack stack) {
            super(stack);
        }

        @EachSetting
        void closingEndsThePeersInput(Setting setting) throws Exception {
            try (var pair = sockets(setting).handshake()) {
                pair.client().close();
                assertTrue(pair.client().isClosed());
                assertEquals(-1, pair.server().getInputStream().read());
                pair.client().close();
            }
        }

        @EachSetting
        void aClosedSocketIsOfNoUse(Setting setting) throws Exception {
            try (var pair = sockets(setting).handshake()) {
                var in = pair.client().getInputStream();
                var out = pair.client().getOutputStream();
                pair.client().close();
                assertEquals(-1, in.read());
                assertEquals(-1, in.read(new byte[5]));
                assertEquals(0, in.available());
                assertThrows(SocketException.class, () -> out.write(1));
                assertThrows(SocketException.class, pair.client()::getInputStream);
                assertThrows(SocketException.class, pair.client()::getOutputStream);
                assertThrows(SocketException.class, pair.client()::startHandshake);
                assertTrue(pair.client().getSession().isValid());
            }
        }

        @EachSetting
        void closingAgainAndShuttingDownWhatIsClosedDoesNothing(Setting setting) throws Exception {
            try (var pair = sockets(setting).handshake()) {
                pair.client().close();
                pair.client().shutdownOutput();
                if (setting.is13()) pair.client().shutdownInput();
                pair.client().close();
                assertTrue(pair.client().isOutputShutdown());
            }
        }

        @EachSetting
        void closingAStreamClosesTheSocket(Setting setting) throws Exception {
            try (var pair = sockets(setting).handshake()) {
                pair.client().getInputStream().close();
                pair.server().getOutputStream().close();
                assertTrue(pair.client().isClosed());
                assertTrue(pair.server().isClosed());
            }
        }

        @EachSetting
        void closingBeforeTheHandshakeFailsThePeers(Setting setting) throws Exception {
            try (var pair = sockets(setting)) {
                pair.client().close();
                assertThrows(SocketException.class, pair.client()::startHandshake);
                assertFalse(pair.client().getSession().isValid());
                assertThrows(SSLHandshakeException.class, pair.server()::startHandshake);
            }
        }

        @EachSetting
        void closingFreesAReader(Setting setting) throws Exception {
            try (var pair = sockets(setting).handshake()) {
                var begun = new CountDownLatch(1);
                var in = pair.client().getInputStream();
                var reading = pair.async(() -> {
                    begun.countDown();
                    return in.read();
                });
                begun.await();
                pair.client().close();
                assertEnds(() -> await(reading));
            }
        }

        /** As the platform: the end of the data, if it was not waiting yet, or an exception. */
        private static void assertEnds(SomeRead read) throws Exception {
            try {
                assertEquals(-1, read.run());
            } catch (IOException freed) {
                assertTrue(freed instanceof SocketException || freed instanceof SSLException, freed::toString);
            }
        }

        @EachSetting
        void closingFreesAHandshake(Setting setting) throws Exception {
            try (var pair = sockets(setting)) {
                var begun = new CountDownLatch(1);
                var handshake = pair.async(() -> {
                    begun.countDown();
                    pair.client().startHandshake();
                    return true;
                });
                begun.await();
                pair.client().close();
                // The platform's returns from time to time as if it had succeeded.
                if (stack().isOurs()) assertThrows(IOException.class, () -> await(handshake));
                assertFalse(pair.client().getSession().isValid());
            }
        }

        @EachSetting
        void whatWasWrittenBeforeClosingArrives(Setting setting) throws Exception {
            try (var pair = sockets(setting).handshake()) {
                var received = pair.async(() -> pair.server().getInputStream().readAllBytes());
                pair.client().getOutputStream().write(Noise.of(100_000));
                pair.client().close();
                assertArrayEquals(Noise.of(100_000), await(received));
            }
        }

        /** The kernel would answer unread input with a reset, which takes the last data from the peer. */
        @EachSetting
        void closingOverUnreadInputResetsNothing(Setting setting) throws Exception {
            try (var pair = sockets(setting).handshake()) {
                pair.client().getOutputStream().write(Noise.of(30_000));
                pair.server().getOutputStream().write(Noise.of(10));
                pair.server().close();
                assertArrayEquals(Noise.of(10), pair.client().getInputStream().readAllBytes());
            }
        }

        @EachSetting
        void closingWithLingerStillSaysGoodbye(Setting setting) throws Exception {
            try (var pair = sockets(setting).handshake()) {
                pair.client().setSoLinger(true, 1);
                pair.client().getOutputStream().write(5);
                pair.client().close();
                assertEquals(5, pair.server().getInputStream().read());
                assertEquals(-1, pair.server().getInputStream().read());
            }
        }

        /** The transport is reset, but what came before is read, and the end is the end. */
        @EachSetting
        void closingWithoutLingerIsTheEndAllTheSame(Setting setting) throws Exception {
            try (var pair = sockets(setting).handshake()) {
                pair.client().setSoLinger(true, 0);
                pair.client().getOutputStream().write(5);
                pair.client().close();
                assertEquals(5, pair.server().getInputStream().read());
                assertEquals(-1, pair.server().getInputStream().read());
            }
        }

        @EachVersion
        void closingWithoutLingerDoesNotWaitForAWriterThatIsStuck(String version) throws Exception {
            try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    var stuck = new StuckSocket(InetAddress.getLoopbackAddress(), listening.getLocalPort());
                    var raw = new RawPair(stuck, listening.accept());
                    var pair = layered(version, raw, true).handshake()) {
                pair.client().setSoLinger(true, 0);
                stuck.stick();
                var writing = pair.async(() -> {
                    pair.client().getOutputStream().write(Noise.of(100));
                    return true;
                });
                stuck.awaitStuck();
                pair.client().close();
                assertThrows(IOException.class, () -> await(writing));
            }
        }

        @EachSetting
        void outputCanBeShutDownFirst(Setting setting) throws Exception {
            try (var pair = sockets(setting).handshake()) {
                var out = pair.client().getOutputStream();
                assertFalse(pair.client().isOutputShutdown());
                pair.client().shutdownOutput();
                pair.client().shutdownOutput();
                assertTrue(pair.client().isOutputShutdown());
                assertFalse(pair.client().isClosed());
                assertThrows(SocketException.class, () -> out.write(1));
                assertThrows(SocketException.class, pair.client()::getOutputStream);
                assertEquals(-1, pair.server().getInputStream().read());
            }
        }

        /** RFC 8446 §6.1: only one direction is closed. */
        @Test
        void inTls13ThePeerGoesOnAfterThat() throws Exception {
            try (var pair = sockets("TLSv1.3").handshake()) {
                pair.client().shutdownOutput();
                assertEquals(-1, pair.server().getInputStream().read());
                assertFalse(pair.server().isOutputShutdown());
                pair.server().getOutputStream().write(Noise.of(1000));
                pair.server().close();
                assertArrayEquals(Noise.of(1000), pair.client().getInputStream().readAllBytes());
            }
        }

        /** RFC 5246 §7.2.1: the answer is due at once. */
        @Test
        void inTls12ThePeersOutputEndsWithItsInput() throws Exception {
            try (var pair = sockets("TLSv1.2").handshake()) {
                var out = pair.server().getOutputStream();
                pair.client().shutdownOutput();
                assertEquals(-1, pair.server().getInputStream().read());
                assertTrue(pair.server().isOutputShutdown());
                assertThrows(SocketException.class, () -> out.write(1));
                assertEquals(-1, pair.client().getInputStream().read());
            }
        }

        @EachSetting
        void inputIsShutDownOnceThePeerIsDone(Setting setting) throws Exception {
            try (var pair = sockets(setting).handshake()) {
                pair.server().close();
                assertEquals(-1, pair.client().getInputStream().read());
                assertThrows(SocketException.class, pair.client()::getInputStream);
                pair.client().shutdownInput();
                assertTrue(pair.client().isInputShutdown());
                assertFalse(pair.client().isClosed());
            }
        }

        @EachSetting
        void shuttingDownInputBeforeThatIsToldAndDone(Setting setting) throws Exception {
            try (var pair = sockets(setting).handshake()) {
                var in = pair.client().getInputStream();
                assertFalse(pair.client().isInputShutdown());
                assertThrows(SSLException.class, pair.client()::shutdownInput);
                assertTrue(pair.client().isInputShutdown());
                assertThrows(SocketException.class, pair.client()::getInputStream);
                assertEquals(-1, in.read());
                assertFalse(pair.client().isClosed());
            }
        }

        @EachSetting
        void whatIsShutDownBeforeTheHandshakeHasNone(Setting setting) throws Exception {
            try (var pair = sockets(setting)) {
                pair.client().shutdownInput();
                pair.client().shutdownOutput();
                assertTrue(pair.client().isInputShutdown());
                assertTrue(pair.client().isOutputShutdown());
                assertThrows(SocketException.class, pair.client()::startHandshake);
            }
        }

        @Test
        void withoutConnectionThereIsNothingToShutDown() throws Exception {
            var socket = (SSLSocket) client("TLSv1.3").getSocketFactory().createSocket();
            assertThrows(SocketException.class, socket::shutdownInput);
            assertThrows(SocketException.class, socket::shutdownOutput);
            assertFalse(socket.isInputShutdown());
            assertFalse(socket.isOutputShutdown());
            socket.close();
            assertTrue(socket.isClosed());
        }

        @EachVersion
        void theEndOfTheTransportIsTheEndOfTheData(String version) throws Exception {
            try (var raw = RawPair.open();
                    var pair = layered(version, raw, true).handshake()) {
                raw.server().close();
                var in = pair.client().getInputStream();
                assertEndOfTransport(in::read);
            }
        }

        /** Whether the end without close_notify is an error is the platform's to say. */
        private static void assertEndOfTransport(SomeRead read) throws Exception {
            try {
                assertEquals(-1, read.run());
            } catch (SSLException said) {
                assertTrue(said.getMessage().contains("close_notify"), said::toString);
            }
        }

        @EachVersion
        void closingClosesTheTransportIfToldSo(String version) throws Exception {
            try (var raw = RawPair.open();
                    var pair = layered(version, raw, true).handshake()) {
                pair.client().close();
                assertTrue(raw.client().isClosed());
            }
        }

        @EachVersion
        void theTransportGoesOnInTheClearIfToldSo(String version) throws Exception {
            try (var raw = RawPair.open();
                    var pair = layered(version, raw, false).handshake()) {
                var ended = pair.async(() -> endAndGoOn(pair, raw));
                pair.client().shutdownOutput();
                assertEquals(-1, pair.client().getInputStream().read());
                pair.client().close();
                assertEquals(-1, await(ended));
                assertTrue(pair.client().isClosed());
                assertFalse(raw.client().isClosed());
                assertArrayEquals(Noise.of(1000), raw.client().getInputStream().readNBytes(1000));
                raw.client().getOutputStream().write(7);
                assertEquals(7, raw.server().getInputStream().read());
            }
        }

        private static int endAndGoOn(SocketPair pair, RawPair raw) throws IOException {
            int end = pair.server().getInputStream().read();
            pair.server().close();
            raw.server().getOutputStream().write(Noise.of(1000));
            return end;
        }

        /** RFC 8446 §6.1: nobody has to answer. */
        @Test
        void inTls13NobodyWaitsForAPeerThatDoesNotClose() throws Exception {
            try (var raw = RawPair.open();
                    var pair = layered("TLSv1.3", raw, false).handshake()) {
                pair.client().close();
                assertFalse(raw.client().isClosed());
                assertEquals(-1, pair.server().getInputStream().read());
            }
        }

        /** RFC 5246 §7.2.1: the answer is due, but no longer waited for than for data. */
        @Test
        void inTls12AnAnswerIsWaitedForAsLongAsForData() throws Exception {
            try (var raw = RawPair.open();
                    var pair = layered("TLSv1.2", raw, false).handshake()) {
                pair.client().setSoTimeout(30);
                pair.client().close();
                assertTrue(pair.client().isClosed());
                assertFalse(raw.client().isClosed());
                assertEquals(-1, pair.server().getInputStream().read());
            }
        }
    }

    private interface SomeRead {
        int run() throws Exception;
    }

    @Nested
    class OfSunJsse extends Suite {
        OfSunJsse() {
            super(Stack.SUN_JSSE);
        }
    }

    @Nested
    class OfAlmostTls extends Suite {
        OfAlmostTls() {
            super(Stack.ALMOST_TLS);
        }
    }
}
