package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.almosttls.api.PostHandshakeAuthentication;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8446 §4.6.2 as users of sockets see it: who asks does not wait, reading goes on with it, listeners hear. */
@Timeout(60)
class LateAuthenticationBySocketsTest {

    private static final int PATIENCE_MILLIS = 10_000;
    private static final X509Certificate CLIENT = TestCertificates.ecClient().certificate();

    private static SocketPair connected(SSLContext client) throws Exception {
        var pair =
                new SocketPair(client, Contexts.named("TLS", Contexts.OURS, TestCertificates.ecServer())).handshake();
        pair.client().setSoTimeout(PATIENCE_MILLIS);
        pair.server().setSoTimeout(PATIENCE_MILLIS);
        return pair;
    }

    private static SocketPair connected() throws Exception {
        return connected(Contexts.named("TLS", LateAuthenticationByEnginesTest.ASKABLE, TestCertificates.ecClient()));
    }

    private static SocketPair unknown() throws Exception {
        return connected(Contexts.named("TLS", LateAuthenticationByEnginesTest.ASKABLE));
    }

    private static CompletableFuture<SSLSession> told(SSLSocket socket) {
        var told = new CompletableFuture<SSLSession>();
        socket.addHandshakeCompletedListener(event -> told.complete(event.getSession()));
        return told;
    }

    /** docs/client-certificates.md. */
    @Test
    void aServerAsksAmidData() throws Exception {
        try (var pair = connected()) {
            var socket = pair.server();
            var ofServer = told(socket);
            var client = (PostHandshakeAuthentication) socket;
            if (client.mayRequestClientCertificate()) client.requestClientCertificate();
            assertTrue(client.isClientCertificateDue());
            pair.converse(10);
            assertFalse(client.isClientCertificateDue());
            assertSame(socket.getSession(), ofServer.get(10, TimeUnit.SECONDS));
            assertEquals(CLIENT, socket.getSession().getPeerCertificates()[0]);
            assertEquals(CLIENT, pair.client().getSession().getLocalCertificates()[0]);
        }
    }

    /** The common use: setNeedClientAuth, startHandshake, and the next read has it done. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServerAsksAsItDidBeforeTls13(boolean need) throws Exception {
        try (var pair = connected()) {
            pair.converse(1);
            var told = told(pair.server());
            if (need) pair.server().setNeedClientAuth(true);
            else pair.server().setWantClientAuth(true);
            pair.server().startHandshake();
            pair.converse(10);
            told.get(10, TimeUnit.SECONDS);
            assertEquals(CLIENT, pair.server().getSession().getPeerCertificates()[0]);
        }
    }

    /** Threads that read and write at both ends all the while lose nothing. */
    @Test
    void dataFlowsAllTheWhile() throws Exception {
        int octets = 2_000_000;
        try (var pair = connected()) {
            var asking = (PostHandshakeAuthentication) pair.server();
            var up = pair.async(() -> pour(pair.client().getOutputStream(), octets));
            var down = pair.async(() -> pour(pair.server().getOutputStream(), octets));
            var atServer = pair.async(() -> drain(pair.server().getInputStream(), octets));
            var atClient = pair.async(() -> drain(pair.client().getInputStream(), octets));
            assertTrue(asking.requestClientCertificate());
            assertTrue(SocketPair.await(up) && SocketPair.await(down));
            assertTrue(SocketPair.await(atServer) && SocketPair.await(atClient));
            pair.converse(10);
            assertEquals(CLIENT, pair.server().getSession().getPeerCertificates()[0]);
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

    @Test
    void whoOnlyWritesDoesNotWait() throws Exception {
        try (var pair = connected()) {
            ((PostHandshakeAuthentication) pair.server()).requestClientCertificate();
            pair.client().getOutputStream().write(1);
            pair.server().getOutputStream().write(2);
            assertEquals(1, pair.server().getInputStream().read());
            assertEquals(2, pair.client().getInputStream().read());
            pair.converse(5);
            assertEquals(CLIENT, pair.server().getSession().getPeerCertificates()[0]);
        }
    }

    @Test
    void whoHasNoneStaysUnknown() throws Exception {
        try (var pair = unknown()) {
            ((PostHandshakeAuthentication) pair.server()).requestClientCertificate();
            pair.converse(5);
            assertThrows(
                    SSLPeerUnverifiedException.class,
                    () -> pair.server().getSession().getPeerCertificates());
        }
    }

    @Test
    void whoHasNoneAndNeedsOneIsTold() throws Exception {
        try (var pair = unknown()) {
            pair.server().setNeedClientAuth(true);
            pair.server().startHandshake();
            var serving = pair.async(() -> assertThrows(
                    SSLException.class, () -> pair.server().getInputStream().read()));
            var told = assertThrows(
                    SSLException.class, () -> pair.client().getInputStream().read());
            assertTrue(told.getMessage().contains("certificate_required"), told.getMessage());
            SocketPair.await(serving);
        }
    }

    /** RFC 8446 §6.1: it cannot answer any more, and is not waited for. */
    @Test
    void whoHasSaidCloseNotifyIsNotAsked() throws Exception {
        try (var pair = connected()) {
            pair.client().shutdownOutput();
            assertEquals(-1, pair.server().getInputStream().read());
            assertFalse(((PostHandshakeAuthentication) pair.server()).requestClientCertificate());
            pair.server().getOutputStream().write(7);
            assertEquals(7, pair.client().getInputStream().read());
        }
    }
}
