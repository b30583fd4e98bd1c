package org.almosttls.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.almosttls.config.SessionStore;
import org.almosttls.config.TlsConfig;
import org.almosttls.event.TlsEventListener;
import org.almosttls.registry.CipherSuite;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestSessions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a handshake costs both of its ends together in memory, once everything is warm and nobody listens. Both ends run
 * on the test's thread, tasks included, so that nothing of it escapes the count.
 */
class HandshakeAllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 60;

    /**
     * Octets for both ends; most of it is the JDK's, for parsing and verifying certificates and for signatures.
     */
    private static final int MOST_OF_FULL = 500_000;

    private static final int MOST_OF_RESUMED = 150_000;

    private static final ByteBuffer[] NO_DATA = {ByteBuffer.allocate(0)};

    private final ByteBuffer[] data = {ByteBuffer.allocate(TlsConnection.MAX_PLAINTEXT)};
    private final ByteBuffer network = ByteBuffer.allocate(4 * TlsConnection.MAX_RECORD);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
                "TLS_RSA_WITH_AES_128_CBC_SHA"
            })
    void aFullHandshakeCostsWhatItsCertificatesAndKeysDo(String suite) throws Exception {
        long cost = octetsPerHandshake(suite, SessionStore.none(), SessionStore.none());
        assertTrue(cost <= MOST_OF_FULL, cost + " octets");
    }

    @Test
    void aResumedHandshakeCostsLittleMoreThanTheBuffersOfBothEnds() throws Exception {
        var suite = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
        long cost = octetsPerHandshake(suite, new TestSessions(), new TestSessions());
        assertTrue(cost <= MOST_OF_RESUMED, cost + " octets");
    }

    private long octetsPerHandshake(String suite, SessionStore ofClient, SessionStore ofServer) throws Exception {
        var only = CipherSuite.named(suite).orElseThrow();
        var client = TestConfig.client().suites(only).sessions(ofClient).build();
        var server = TestConfig.server(TestCertificates.ecServer(), TestCertificates.rsaServer())
                .suites(only)
                .sessions(ofServer)
                .build();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            handshake(client, server);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    private void handshake(TlsConfig clientConfig, TlsConfig serverConfig) throws Exception {
        var client = new TlsConnection(clientConfig, TlsEventListener.none(), Optional.empty(), Optional.empty());
        var server = new TlsConnection(serverConfig, TlsEventListener.none(), Optional.empty(), Optional.empty());
        client.start();
        server.start();
        while (carry(client, server) | carry(server, client)) {}
        assertTrue(client.session().isPresent() && server.session().isPresent());
    }

    private boolean carry(TlsConnection from, TlsConnection to) throws Exception {
        network.clear();
        runTasks(from);
        while (from.status() == ConnectionStatus.NEED_SEND) from.send(NO_DATA, 0, 1, network);
        network.flip();
        boolean some = network.hasRemaining();
        while (network.hasRemaining()) {
            to.receive(network, data, 0, 1);
            runTasks(to);
        }
        return some;
    }

    private static void runTasks(TlsConnection connection) {
        for (var task = connection.nextTask(); task.isPresent(); task = connection.nextTask())
            task.get().run();
    }
}
