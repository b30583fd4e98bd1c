package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.RawPair;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers and callbacks that would keep a socket's thread for ever. */
@Timeout(60)
class HostileSocketPeerTest {

    /** What a trust manager does instead of judging. */
    @FunctionalInterface
    private interface Misdeed {
        void commit(Socket socket);
    }

    private static SSLContext trustingBy(Misdeed misdeed) {
        return Contexts.of(Contexts.OURS, new KeyManager[0], new TrustManager[] {new Odd(misdeed)});
    }

    private static final class Odd extends X509ExtendedTrustManager {

        private final Misdeed misdeed;

        Odd(Misdeed misdeed) {
            this.misdeed = misdeed;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
            misdeed.commit(socket);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("not asked for");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("not asked for");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("not asked for");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            throw new CertificateException("not asked for");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("not asked for");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static SSLSocket over(RawPair raw, boolean autoClose) throws IOException {
        return (SSLSocket) Contexts.client(Contexts.OURS)
                .getSocketFactory()
                .createSocket(raw.client(), TestCertificates.HOST, 25, autoClose);
    }

    private static SocketPair pair(SSLContext client) throws Exception {
        return new SocketPair(client, Contexts.with(Contexts.OURS, TestCertificates.ecServer()));
    }

    /** The lengths that these texts announce as records would never come. */
    @ParameterizedTest
    @ValueSource(strings = {"220 mail.example ESMTP\r\n", "SSH-2.0-OpenSSH\r\n", "GET / HTTP/1.1\r\n\r\n"})
    void plaintextIsNoticedThoughThePeerWaits(String said) throws Exception {
        try (var raw = RawPair.open()) {
            raw.server().getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
            var client = over(raw, true);
            var thrown = assertThrows(SSLException.class, client::startHandshake);
            assertEquals("Unsupported or unrecognized SSL message", thrown.getMessage());
        }
    }

    @Test
    void aTrustManagerThatBreaksEndsTheHandshakeForGood() throws Exception {
        var broken = new StackOverflowError();
        try (var pair = pair(trustingBy(socket -> {
            throw broken;
        }))) {
            var failures = pair.failures();
            assertEquals(broken, failures.client().orElseThrow().getCause());
            assertTrue(failures.server().isPresent());
            var refusal = assertThrows(SocketException.class, pair.client()::startHandshake);
            assertEquals(broken, refusal.getCause().getCause());
            assertFalse(pair.client().getSession().isValid());
        }
    }

    @Test
    void aTrustManagerThatAsksForTheSessionDoesNotWaitForItself() throws Exception {
        var seen = new CompletableFuture<Boolean>();
        try (var pair = pair(trustingBy(
                socket -> seen.complete(((SSLSocket) socket).getSession().isValid())))) {
            pair.handshake();
            assertFalse(seen.get());
            assertTrue(pair.client().getSession().isValid());
        }
    }

    @Test
    void aTrustManagerThatDemandsTheHandshakeIsToldThatItGoesOn() throws Exception {
        var thrown = new CompletableFuture<Exception>();
        try (var pair = pair(trustingBy(
                socket -> thrown.complete(assertThrows(SSLException.class, ((SSLSocket) socket)::startHandshake))))) {
            pair.handshake();
            assertInstanceOf(SSLException.class, thrown.get());
        }
    }

    private static long secondsSince(long begun) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
    }

    /** Sends an octet now and then, and never an end, until the other end has done its work. */
    private static Thread trickle(Socket socket, CountDownLatch done) {
        var thread = new Thread(() -> {
            try {
                while (!done.await(50, TimeUnit.MILLISECONDS))
                    socket.getOutputStream().write(22);
            } catch (IOException | InterruptedException over) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        return thread;
    }

    @Test
    void aRefusedPeerThatTricklesIsNotListenedToForLong() throws Exception {
        var done = new CountDownLatch(1);
        try (var raw = RawPair.open();
                var client = over(raw, true)) {
            raw.server().getOutputStream().write("220 mail\r\n".getBytes(StandardCharsets.US_ASCII));
            var trickling = trickle(raw.server(), done);
            long begun = System.nanoTime();
            assertThrows(SSLException.class, client::startHandshake);
            assertTrue(secondsSince(begun) < 3, "spent on a peer that was refused");
            done.countDown();
            trickling.join();
        }
    }

    /** Octets 22, 22, 22: the beginning of a record of 5654 octets that never ends. */
    @Test
    void closingDoesNotWaitForEverForAPeerThatTrickles() throws Exception {
        var done = new CountDownLatch(1);
        try (var raw = RawPair.open();
                var pair = SocketPair.layered(
                        Contexts.client(Contexts.OURS),
                        Contexts.with(Contexts.OURS, TestCertificates.ecServer()),
                        raw,
                        false)) {
            pair.handshake();
            raw.server().getOutputStream().write(new byte[] {23, 3, 3, 22, 22});
            var trickling = trickle(raw.server(), done);
            long begun = System.nanoTime();
            pair.client().close();
            assertTrue(secondsSince(begun) < 15, "spent on a peer that does not part");
            assertFalse(raw.client().isClosed());
            done.countDown();
            trickling.join();
        }
    }

    @Test
    void aTransportNeedsNoAddress() throws Exception {
        try (var raw = RawPair.open();
                var nowhere = new Nowhere(raw.client());
                var pair = SocketPair.layered(
                        Contexts.client(Contexts.OURS),
                        Contexts.with(Contexts.OURS, TestCertificates.ecServer()),
                        new RawPair(nowhere, raw.server()),
                        true)) {
            pair.handshake();
            assertTrue(pair.client().getSession().isValid());
        }
    }

    @Test
    void aTransportThatBreaksIsNotTakenForTheEndOfTheData() throws Exception {
        try (var raw = RawPair.open();
                var nowhere = new Nowhere(raw.client());
                var pair = SocketPair.layered(
                        Contexts.client(Contexts.OURS),
                        Contexts.with(Contexts.OURS, TestCertificates.ecServer()),
                        new RawPair(nowhere, raw.server()),
                        true)) {
            pair.handshake();
            var in = pair.client().getInputStream();
            nowhere.broken = true;
            assertThrows(IllegalStateException.class, in::read);
            var thrown = assertThrows(SSLException.class, in::read);
            assertInstanceOf(SSLException.class, thrown.getCause());
        }
    }

    /** A transport as some libraries make them. */
    private static final class Nowhere extends Socket {

        private final Socket raw;
        private volatile boolean broken;

        Nowhere(Socket raw) {
            this.raw = raw;
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public InetAddress getInetAddress() {
            return null;
        }

        @Override
        public InetAddress getLocalAddress() {
            return null;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            if (broken) throw new IllegalStateException("broken transport");
            return raw.getInputStream();
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return raw.getOutputStream();
        }

        @Override
        public void shutdownOutput() throws IOException {
            raw.shutdownOutput();
        }

        @Override
        public void close() throws IOException {
            raw.close();
        }
    }
}
