package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a listening socket hands on to the sockets that it accepts. */
@Timeout(60)
class AlmostSslServerSocketTest {

    private static final String SUITE = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";

    private static SSLServerSocket listen() throws Exception {
        return (SSLServerSocket) Contexts.with(Contexts.OURS, TestCertificates.ecServer())
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static SSLSocket accept(SSLServerSocket listening) throws Exception {
        try (var visitor = new Socket(InetAddress.getLoopbackAddress(), listening.getLocalPort())) {
            assertTrue(visitor.isConnected());
            return (SSLSocket) listening.accept();
        }
    }

    @Test
    void whatIsAcceptedIsAServer() throws Exception {
        try (var listening = listen();
                var accepted = accept(listening)) {
            assertFalse(listening.getUseClientMode());
            assertFalse(accepted.getUseClientMode());
            assertEquals(listening.getLocalPort(), accepted.getLocalPort());
        }
    }

    @Test
    void wishesAreHandedOn() throws Exception {
        try (var listening = listen()) {
            listening.setEnabledCipherSuites(new String[] {SUITE});
            listening.setNeedClientAuth(true);
            var parameters = listening.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            listening.setSSLParameters(parameters);
            try (var accepted = accept(listening)) {
                assertArrayEquals(new String[] {SUITE}, accepted.getEnabledCipherSuites());
                assertTrue(accepted.getNeedClientAuth());
                assertArrayEquals(
                        new String[] {"h2"}, accepted.getSSLParameters().getApplicationProtocols());
            }
        }
    }

    @Test
    void laterWishesAreNotHandedOn() throws Exception {
        try (var listening = listen();
                var accepted = accept(listening)) {
            listening.setWantClientAuth(true);
            accepted.setEnabledCipherSuites(new String[] {SUITE});
            assertFalse(accepted.getWantClientAuth());
            assertTrue(listening.getEnabledCipherSuites().length > 1);
        }
    }

    @Test
    void itMayAcceptClients() throws Exception {
        try (var listening = listen()) {
            listening.setUseClientMode(true);
            try (var accepted = accept(listening)) {
                assertTrue(accepted.getUseClientMode());
            }
        }
    }

    @Test
    void acceptingTimesOut() throws Exception {
        try (var listening = listen()) {
            listening.setSoTimeout(10);
            assertThrows(SocketTimeoutException.class, listening::accept);
        }
    }

    @Test
    void itCanBeBoundLater() throws Exception {
        var factory = Contexts.with(Contexts.OURS, TestCertificates.ecServer()).getServerSocketFactory();
        try (var listening = (SSLServerSocket) factory.createServerSocket()) {
            assertFalse(listening.isBound());
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (var accepted = accept(listening)) {
                assertTrue(accepted.isConnected());
            }
        }
    }

    @Test
    void itTellsAndTakesSuitesLikeAnyOther() throws Exception {
        try (var listening = listen()) {
            assertArrayEquals(Preferences.current(Scope.ANY).supportedSuites(), listening.getSupportedCipherSuites());
            assertArrayEquals(Preferences.current(Scope.ANY).supportedProtocols(), listening.getSupportedProtocols());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> listening.setSSLParameters(new SSLParameters(new String[] {"TLS_NO_SUCH_SUITE"})));
        }
    }
}
