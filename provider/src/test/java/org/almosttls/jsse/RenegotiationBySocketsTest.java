package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.Provider;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.Renegotiating;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Renegotiation as users of sockets see it: {@code startHandshake} asks, reading goes on with it, listeners hear. */
@Timeout(60)
class RenegotiationBySocketsTest {

    static Stream<Arguments> pairs() {
        var ours = Renegotiating.OURS;
        var platforms = Contexts.PLATFORM;
        return Stream.of(true, false)
                .flatMap(client -> Stream.of(
                        Arguments.of(ours, ours, client),
                        Arguments.of(ours, platforms, client),
                        Arguments.of(platforms, ours, client)));
    }

    private static SocketPair connected(Provider client, Provider server) throws Exception {
        return new SocketPair(
                        Contexts.with(client, TestCertificates.ecClient()),
                        Contexts.with(server, TestCertificates.ecServer()))
                .handshake();
    }

    private static SSLSocket end(SocketPair pair, boolean client) {
        return client ? pair.client() : pair.server();
    }

    private static CompletableFuture<SSLSession> told(SSLSocket socket) {
        var told = new CompletableFuture<SSLSession>();
        socket.addHandshakeCompletedListener(event -> told.complete(event.getSession()));
        return told;
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void eitherEndMayBegin(Provider client, Provider server, boolean byClient) throws Exception {
        try (var pair = connected(client, server)) {
            var before = pair.client().getSession();
            var ofClient = told(pair.client());
            var ofServer = told(pair.server());
            end(pair, byClient).startHandshake();
            pair.converse(10);
            assertSame(pair.client().getSession(), ofClient.get(10, TimeUnit.SECONDS));
            assertSame(pair.server().getSession(), ofServer.get(10, TimeUnit.SECONDS));
            assertNotSame(before, pair.client().getSession());
        }
    }

    /** The common use: setNeedClientAuth, startHandshake, and the next read has it done. */
    @ParameterizedTest
    @MethodSource("pairs")
    void aServerAsksForACertificateLate(Provider client, Provider server, boolean need) throws Exception {
        try (var pair = connected(client, server)) {
            pair.converse(1);
            var told = told(pair.server());
            if (need) pair.server().setNeedClientAuth(true);
            else pair.server().setWantClientAuth(true);
            pair.server().startHandshake();
            pair.converse(10);
            told.get(10, TimeUnit.SECONDS);
            assertEquals(
                    TestCertificates.ecClient().certificate(),
                    pair.server().getSession().getPeerCertificates()[0]);
        }
    }

    /**
     * RFC 5246 §6.2.1: threads that read and write at both ends all the while lose nothing. Not with the platform's
     * sockets, whose handshake sometimes gets lost then, also among themselves.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void dataFlowsAllTheWhile(boolean byClient) throws Exception {
        int octets = 2_000_000;
        try (var pair = connected(Renegotiating.OURS, Renegotiating.OURS)) {
            var told = told(end(pair, byClient));
            var up = pair.async(() -> pour(pair.client().getOutputStream(), octets));
            var down = pair.async(() -> pour(pair.server().getOutputStream(), octets));
            var atServer = pair.async(() -> drain(pair.server().getInputStream(), octets));
            var atClient = pair.async(() -> drain(pair.client().getInputStream(), octets));
            end(pair, byClient).startHandshake();
            assertTrue(SocketPair.await(up) && SocketPair.await(down));
            assertTrue(SocketPair.await(atServer) && SocketPair.await(atClient));
            pair.converse(10);
            told.get(10, TimeUnit.SECONDS);
        }
    }

    private static boolean pour(OutputStream out, int octets) throws IOException {
        var chunk = new byte[1000];
        for (int at = 0; at < octets; at += chunk.length) {
            for (int i = 0; i < chunk.length; i++) chunk[i] = (byte) ((at + i) % 251);
            out.write(chunk);
        }
        return true;
    }

    private static boolean drain(InputStream in, int octets) throws IOException {
        var chunk = new byte[3000];
        int at = 0;
        while (at < octets) {
            int count = in.read(chunk, 0, Math.min(chunk.length, octets - at));
            for (int i = 0; i < count; i++, at++) if (chunk[i] != (byte) (at % 251)) return false;
        }
        return true;
    }

    /** Both ends write only; nothing is read, so nothing comes of it, and nobody hangs. */
    @Test
    void whoOnlyWritesDoesNotWait() throws Exception {
        try (var pair = connected(Renegotiating.OURS, Renegotiating.OURS)) {
            pair.client().startHandshake();
            pair.client().getOutputStream().write(1);
            pair.server().getOutputStream().write(2);
            assertEquals(1, pair.server().getInputStream().read());
            assertEquals(2, pair.client().getInputStream().read());
            pair.converse(5);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRefusalDoesNoHarm(boolean byClient) throws Exception {
        var willing = Renegotiating.OURS;
        try (var pair = connected(byClient ? willing : Contexts.OURS, byClient ? Contexts.OURS : willing)) {
            var before = end(pair, byClient).getSession();
            end(pair, byClient).startHandshake();
            pair.converse(10);
            assertSame(before, end(pair, byClient).getSession());
            assertEquals(null, end(pair, byClient).getHandshakeSession());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutTheOptionNothingComesOfIt(boolean byClient) throws Exception {
        try (var pair = connected(Contexts.OURS, Contexts.OURS)) {
            var before = end(pair, byClient).getSession();
            end(pair, byClient).startHandshake();
            pair.converse(3);
            assertSame(before, end(pair, byClient).getSession());
        }
    }
}
