package org.almosttls.jsse;

import static org.almosttls.testkit.SocketPair.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import org.almosttls.testkit.HesitantSocket;
import org.almosttls.testkit.Noise;
import org.almosttls.testkit.Pairing;
import org.almosttls.testkit.RawPair;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A transport that times out amid every record: nothing is lost, and whoever tries again gets on. */
@Timeout(60)
class SocketTimeoutsTest {

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

    @Test
    void handshakeAndDataSurviveTimeoutsWithinRecords() throws Exception {
        var ours = Pairing.OURS_WITH_OURS;
        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var hesitant = new HesitantSocket(InetAddress.getLoopbackAddress(), listening.getLocalPort());
                var raw = new RawPair(hesitant, listening.accept());
                var pair = SocketPair.layered(ours.client(), ours.server(TestCertificates.ecServer()), raw, true)) {
            var sending = pair.async(() -> {
                pair.server().getOutputStream().write(Noise.of(30_000));
                pair.server().close();
                return true;
            });
            patiently(() -> {
                pair.client().startHandshake();
                return 0;
            });
            var received = new ByteArrayOutputStream();
            var in = pair.client().getInputStream();
            var room = new byte[1000];
            for (int count = 0; count >= 0; count = patiently(() -> in.read(room))) received.write(room, 0, count);
            await(sending);
            assertArrayEquals(Noise.of(30_000), received.toByteArray());
        }
    }
}
