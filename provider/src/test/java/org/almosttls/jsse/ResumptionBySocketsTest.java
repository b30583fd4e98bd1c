package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.RawPair;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;

/** Resumption as users of sockets see it. */
class ResumptionBySocketsTest {

    private final SSLContext client = Contexts.client(Contexts.OURS);
    private final SSLContext server = Contexts.with(Contexts.OURS, TestCertificates.ecServer());

    /** To the same host and port, whatever the transport. */
    private SocketPair pair() throws IOException {
        return SocketPair.layered(client, server, RawPair.open(), true);
    }

    private SSLSession conversation() throws Exception {
        try (var pair = pair().handshake()) {
            var session = pair.client().getSession();
            assertEquals(32, session.getId().length);
            assertEquals(32, pair.server().getSession().getId().length);
            pair.client().getOutputStream().write(42);
            assertEquals(42, pair.server().getInputStream().read());
            pair.server().getOutputStream().write(43);
            assertEquals(43, pair.client().getInputStream().read());
            return session;
        }
    }

    @Test
    void theSessionIsTheSameObject() throws Exception {
        var first = conversation();
        assertSame(first, conversation());
        assertSame(first, conversation());
        assertTrue(first.isValid());
    }

    /** RFC 5246 §7.2.2: whoever does not answer to the end is not a peer to resume with. */
    @Test
    void aTransportThatEndsInTheHandshakeEndsTheSession() throws Exception {
        var first = conversation();
        try (var raw = RawPair.open()) {
            var socket = client.getSocketFactory().createSocket(raw.client(), TestCertificates.HOST, 443, true);
            raw.server().shutdownOutput();
            assertThrows(SSLException.class, () -> ((SSLSocket) socket).startHandshake());
        }
        assertFalse(first.isValid());
        assertNotSame(first, conversation());
    }

    @Test
    void listenersHearOfTheSessionOnce() throws Exception {
        var first = conversation();
        try (var pair = pair()) {
            var told = new CompletableFuture<SSLSession>();
            pair.client().addHandshakeCompletedListener(event -> told.complete(event.getSession()));
            pair.handshake();
            assertSame(first, told.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void withoutSessionCreationOnlyResumptionIsLeft() throws Exception {
        try (var pair = pair()) {
            pair.client().setEnableSessionCreation(false);
            var failure = pair.failures().client().orElseThrow();
            assertTrue(failure instanceof SSLException, failure.toString());
            assertTrue(failure.getMessage().startsWith("No existing session to resume"), failure.getMessage());
        }
        var first = conversation();
        try (var pair = pair()) {
            pair.client().setEnableSessionCreation(false);
            assertSame(first, pair.handshake().client().getSession());
        }
    }
}
