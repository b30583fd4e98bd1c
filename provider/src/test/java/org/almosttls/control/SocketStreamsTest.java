package org.almosttls.control;

import static org.almosttls.testkit.SocketPair.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.concurrent.Future;
import org.almosttls.testkit.HesitantSocket;
import org.almosttls.testkit.Noise;
import org.almosttls.testkit.RawPair;
import org.almosttls.testkit.SocketPair;
import org.junit.jupiter.api.Nested;

/** What the streams of a socket do. */
class SocketStreamsTest {

    abstract static class Suite extends Control {

        Suite(Stack stack) {
            super(stack);
        }

        @EachSetting
        void readingAndWritingNothingDoesNothing(Setting setting) throws Exception {
            try (var pair = sockets(setting)) {
                // Without a peer that answers, a handshake would not come back.
                assertEquals(0, pair.client().getInputStream().read(new byte[5], 2, 0));
                assertEquals(0, pair.client().getInputStream().read(new byte[0]));
                pair.client().getOutputStream().write(new byte[0]);
                assertEquals(0, pair.client().getInputStream().skip(0));
                pair.client().getOutputStream().flush();
            }
        }

        @EachSetting
        void boundsAreChecked(Setting setting) throws Exception {
            try (var pair = sockets(setting).handshake()) {
                var in = pair.client().getInputStream();
                var out = pair.client().getOutputStream();
                assertThrows(NullPointerException.class, () -> in.read(null, 0, 1));
                assertThrows(NullPointerException.class, () -> out.write(null, 0, 1));
                assertThrows(IndexOutOfBoundsException.class, () -> in.read(new byte[5], 3, 3));
                assertThrows(IndexOutOfBoundsException.class, () -> in.read(new byte[5], -1, 3));
                assertThrows(IndexOutOfBoundsException.class, () -> out.write(new byte[5], 3, 3));
                assertThrows(IndexOutOfBoundsException.class, () -> out.write(new byte[5], 0, -1));
                pair.converse(1);
            }
        }

        @EachSetting
        void availableIsWhatIsLeftOfARecord(Setting setting) throws Exception {
            try (var pair = sockets(setting).handshake()) {
                var in = pair.server().getInputStream();
                assertEquals(0, in.available());
                pair.client().getOutputStream().write(new byte[100]);
                assertEquals(0, in.read());
                assertEquals(99, in.available());
                assertEquals(60, in.read(new byte[60]));
                assertEquals(39, in.available());
                assertEquals(39, in.read(new byte[1000]));
                assertEquals(0, in.available());
            }
        }

        @EachSetting
        void octetsAreSkipped(Setting setting) throws Exception {
            try (var pair = sockets(setting).handshake()) {
                pair.client().getOutputStream().write(new byte[] {1, 2, 3, 4});
                var in = pair.server().getInputStream();
                assertEquals(3, in.skip(3));
                assertEquals(4, in.read());
            }
        }

        @EachSetting
        void aShortReadDoesNotWaitForMore(Setting setting) throws Exception {
            try (var pair = sockets(setting).handshake()) {
                pair.client().getOutputStream().write(Noise.of(10));
                assertEquals(10, pair.server().getInputStream().read(new byte[1000]));
            }
        }

        @EachSetting
        void theStreamsAreAlwaysTheSameData(Setting setting) throws Exception {
            try (var pair = sockets(setting).handshake()) {
                pair.client().getOutputStream().write(new byte[] {1, 2});
                assertEquals(1, pair.server().getInputStream().read());
                assertEquals(2, pair.server().getInputStream().read());
            }
        }

        @EachSetting
        void readsThatTimeOutLoseNothing(Setting setting) throws Exception {
            try (var pair = sockets(setting).handshake()) {
                var in = pair.server().getInputStream();
                pair.server().setSoTimeout(5);
                for (int i = 0; i < 3; i++) assertThrows(SocketTimeoutException.class, in::read);
                pair.server().setSoTimeout(0);
                var sending = pair.async(() -> {
                    pair.client().getOutputStream().write(Noise.of(50_000));
                    return true;
                });
                assertArrayEquals(Noise.of(50_000), in.readNBytes(50_000));
                await(sending);
            }
        }

        @EachSetting
        void aHandshakeTimesOutWherePeersSayNothing(Setting setting) throws Exception {
            try (var pair = sockets(setting)) {
                pair.client().setSoTimeout(20);
                assertThrows(SocketTimeoutException.class, pair.client()::startHandshake);
            }
        }

        /** A transport that times out amid every record. */
        @EachVersion
        void timeoutsAmidRecordsLoseNoByte(String version) throws Exception {
            try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    var hesitant = new HesitantSocket(InetAddress.getLoopbackAddress(), listening.getLocalPort());
                    var raw = new RawPair(hesitant, listening.accept());
                    var pair = SocketPair.layered(client(version), server(version), raw, true)) {
                var sending = pair.async(() -> {
                    pair.server().getOutputStream().write(Noise.of(3_000));
                    pair.server().close();
                    return true;
                });
                patiently(() -> {
                    pair.client().startHandshake();
                    return 0;
                });
                var received = new ByteArrayOutputStream();
                var room = new byte[1000];
                var in = pair.client().getInputStream();
                for (int count = 0; count >= 0; count = patiently(() -> in.read(room))) received.write(room, 0, count);
                await(sending);
                assertArrayEquals(Noise.of(3_000), received.toByteArray());
            }
        }

        @EachSetting
        void oneThreadReadsWhileAnotherWrites(Setting setting) throws Exception {
            try (var pair = sockets(setting).handshake()) {
                var up = send(pair, true);
                var down = send(pair, false);
                var atServer = pair.async(() -> pair.server().getInputStream().readNBytes(500_000));
                assertArrayEquals(
                        Noise.of(500_000), pair.client().getInputStream().readNBytes(500_000));
                assertArrayEquals(Noise.of(500_000), await(atServer));
                await(up);
                await(down);
            }
        }

        private static Future<Boolean> send(SocketPair pair, boolean client) {
            return pair.async(() -> {
                (client ? pair.client() : pair.server()).getOutputStream().write(Noise.of(500_000));
                return true;
            });
        }

        /** Two that write at once: each write goes whole. */
        @EachVersion
        void writesOfTwoThreadsDoNotMix(String version) throws Exception {
            try (var pair = sockets(version).handshake()) {
                var ones = fill(pair, (byte) 1);
                var twos = fill(pair, (byte) 2);
                var data = pair.server().getInputStream().readNBytes(20 * 1000);
                await(ones);
                await(twos);
                for (int i = 0; i < data.length; i++) assertEquals(data[i - i % 1000], data[i]);
            }
        }

        private static Future<Boolean> fill(SocketPair pair, byte octet) {
            return pair.async(() -> {
                var block = new byte[1000];
                Arrays.fill(block, octet);
                for (int i = 0; i < 10; i++) pair.client().getOutputStream().write(block);
                return true;
            });
        }

        @EachSetting
        void theEndOfInputStays(Setting setting) throws Exception {
            try (var pair = sockets(setting).handshake()) {
                pair.client().close();
                var in = pair.server().getInputStream();
                assertEquals(-1, in.read());
                assertEquals(-1, in.read());
                assertEquals(-1, in.read(new byte[5]));
                assertEquals(0, in.read(new byte[0]));
                assertEquals(0, in.available());
            }
        }
    }

    private interface Attempt {
        int run() throws IOException;
    }

    /** Tries until there is no timeout. */
    private static int patiently(Attempt attempt) throws IOException {
        while (true) {
            try {
                return attempt.run();
            } catch (SocketTimeoutException again) {
                assertTrue(again.getMessage().contains("not yet"));
            }
        }
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
