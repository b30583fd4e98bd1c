package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.almosttls.api.EarlyData;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EngineEnd;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8446 §2.3: applications that ask for it send data with the hello, and take it. */
class EarlyDataByFacesTest {

    private static final byte[] EARLY = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = {};
    private static final byte[] LATER = "later".getBytes(StandardCharsets.US_ASCII);

    private final SSLContext client = Contexts.named("TLS", Contexts.OURS);
    private final SSLContext server = Contexts.named("TLS", Contexts.OURS, TestCertificates.ecServer());

    private static EarlyData of(SSLEngine engine) {
        return (EarlyData) engine;
    }

    private EnginePair pair() {
        var pair = new EnginePair(client, server);
        of(pair.client().engine()).sendEarlyData(EARLY);
        of(pair.server().engine()).acceptEarlyData(1000);
        return pair;
    }

    private EnginePair again() throws Exception {
        pair().handshake();
        return pair();
    }

    private static void assertAccepted(EnginePair pair, boolean accepted) {
        assertEquals(accepted, of(pair.client().engine()).isEarlyDataAccepted());
        assertEquals(accepted, of(pair.server().engine()).isEarlyDataAccepted());
        assertArrayEquals(
                accepted ? EARLY : new byte[0], of(pair.server().engine()).receivedEarlyData());
    }

    @Test
    void enginesHaveItFromTheSecondConnectionOn() throws Exception {
        var first = pair().handshake();
        assertAccepted(first, false);
        assertEquals(0, first.server().data().length);
        for (int i = 0; i < 3; i++) {
            var next = pair().handshake();
            assertAccepted(next, true);
            EnginePair.send(next.client(), next.server(), LATER);
            EnginePair.send(next.server(), next.client(), LATER);
            assertArrayEquals(LATER, next.server().data());
            assertArrayEquals(LATER, next.client().data());
        }
    }

    /** An engine wants to say what it has to say before it takes more. */
    private static byte[] answer(EngineEnd end) throws SSLException {
        end.unwrapAll();
        byte[] answer = end.wrapAll(NOTHING);
        end.unwrapAll();
        return answer;
    }

    @Test
    void itIsThereBeforeTheHandshakeIsFinished() throws Exception {
        var pair = again();
        pair.server().deliver(pair.client().wrapAll(NOTHING));
        byte[] answer = answer(pair.server());
        assertArrayEquals(EARLY, of(pair.server().engine()).receivedEarlyData());
        assertFalse(of(pair.server().engine()).isEarlyDataAccepted());
        pair.client().deliver(answer);
        pair.client().unwrapAll();
        pair.handshake();
        assertTrue(of(pair.server().engine()).isEarlyDataAccepted());
    }

    @Test
    void itMayComeInPieces() throws Exception {
        assertAccepted(again().handshake(1), true);
    }

    @Test
    void socketsHaveItToo() throws Exception {
        var here = InetAddress.getByAddress(TestCertificates.HOST, new byte[] {127, 0, 0, 1});
        try (var listening = server.getServerSocketFactory().createServerSocket(0, 1, here)) {
            for (boolean accepted : new boolean[] {false, true}) {
                var served = CompletableFuture.supplyAsync(() -> serve(listening));
                try (var socket = (SSLSocket) client.getSocketFactory().createSocket(here, listening.getLocalPort())) {
                    ((EarlyData) socket).sendEarlyData(EARLY);
                    socket.getOutputStream().write(LATER);
                    assertArrayEquals(LATER, socket.getInputStream().readNBytes(LATER.length));
                    assertEquals(accepted, ((EarlyData) socket).isEarlyDataAccepted());
                }
                assertArrayEquals(accepted ? EARLY : NOTHING, served.join());
            }
        }
    }

    /** What has come early. */
    private static byte[] serve(ServerSocket listening) {
        try (var socket = (SSLSocket) listening.accept()) {
            ((EarlyData) socket).acceptEarlyData(1000);
            socket.startHandshake();
            byte[] early = ((EarlyData) socket).receivedEarlyData();
            socket.getOutputStream().write(socket.getInputStream().readNBytes(LATER.length));
            return early;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** RFC 8446 §8: who has listened says all of it again. */
    @Test
    void whatIsSaidAgainIsNotTakenAgain() throws Exception {
        var pair = again();
        byte[] flight = pair.client().wrapAll(NOTHING);
        for (boolean first : new boolean[] {true, false}) {
            var engine = server.createSSLEngine();
            engine.setUseClientMode(false);
            of(engine).acceptEarlyData(1000);
            var end = new EngineEnd(engine);
            end.deliver(flight);
            answer(end);
            assertArrayEquals(first ? EARLY : new byte[0], of(engine).receivedEarlyData());
        }
    }

    @Test
    void aServerThatDoesNotAskForItPassesItOver() throws Exception {
        pair().handshake();
        var pair = new EnginePair(client, server);
        of(pair.client().engine()).sendEarlyData(EARLY);
        assertAccepted(pair.handshake(), false);
        EnginePair.send(pair.client(), pair.server(), LATER);
        assertArrayEquals(LATER, pair.server().data());
    }

    @Test
    void aClientThatDoesNotAskForItSendsNone() throws Exception {
        pair().handshake();
        var pair = new EnginePair(client, server);
        of(pair.server().engine()).acceptEarlyData(1000);
        assertAccepted(pair.handshake(), false);
    }

    @Test
    void moreThanTheTicketPermitsIsNotSent() throws Exception {
        pair().handshake();
        var pair = new EnginePair(client, server);
        of(pair.client().engine()).sendEarlyData(new byte[1001]);
        of(pair.server().engine()).acceptEarlyData(2000);
        assertAccepted(pair.handshake(), false);
    }

    @Test
    void otherContextsOfTheSameServerDoNotTakeIt() throws Exception {
        pair().handshake();
        var pair = new EnginePair(client, Contexts.named("TLS", Contexts.OURS, TestCertificates.ecServer()));
        of(pair.client().engine()).sendEarlyData(EARLY);
        of(pair.server().engine()).acceptEarlyData(1000);
        assertAccepted(pair.handshake(), false);
    }

    @Test
    void dataIsCopied() throws Exception {
        pair().handshake();
        var pair = new EnginePair(client, server);
        byte[] data = EARLY.clone();
        of(pair.client().engine()).sendEarlyData(data);
        Arrays.fill(data, (byte) 0);
        of(pair.server().engine()).acceptEarlyData(1000);
        assertAccepted(pair.handshake(), true);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 32769, Integer.MAX_VALUE})
    void thereAreBounds(int most) {
        var end = of(new EnginePair(client, server).server().engine());
        assertThrows(IllegalArgumentException.class, () -> end.acceptEarlyData(most));
        assertThrows(IllegalArgumentException.class, () -> end.sendEarlyData(new byte[0]));
        end.acceptEarlyData(32768);
    }

    @Test
    void afterTheHandshakeHasBegunItIsTooLate() throws Exception {
        var pair = pair().handshake();
        assertThrows(
                IllegalStateException.class, () -> of(pair.client().engine()).sendEarlyData(EARLY));
        assertThrows(
                IllegalStateException.class, () -> of(pair.server().engine()).acceptEarlyData(1));
    }

    @Test
    void beforeTheHandshakeThereIsNone() {
        var pair = pair();
        assertAccepted(pair, false);
    }
}
