package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.api.SocketHeartbeat;
import org.almosttls.config.OnRequest;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.event.TlsEventListener;
import org.almosttls.jsse.Scope;
import org.almosttls.jsse.TextbookTerms;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.Peers;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * RFC 6520: GnuTLS's programs answer our heartbeats, in either role; they have no way to ask. OpenSSL has no heartbeats
 * since 1.1.1, and is not asked.
 */
@Timeout(60)
class HeartbeatInteropTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Gnutls GNUTLS = new Gnutls("--heartbeat");

    private static final AlmostTlsProvider BEATING = new AlmostTlsProvider(
            TlsEventListener::none,
            new TextbookTerms(() -> false, said -> {}),
            Scope.ANY,
            () -> OnRequest.of(Feature.HEARTBEAT),
            Optional::empty);

    private static final SSLContext CLIENT = Contexts.client(BEATING);
    private static final SSLContext SERVER = Contexts.with(BEATING, TestCertificates.rsaServer());

    private static Terms server() {
        return Terms.server(TestCertificates.rsaServer());
    }

    private static void assertAnswers(SSLSocket socket) throws IOException {
        var heart = (SocketHeartbeat) socket;
        assertTrue(heart.mayAskHeartbeat());
        for (int length : new int[] {1, 16, 1000}) {
            assertTrue(heart.askHeartbeat(length));
            assertTrue(heart.awaitHeartbeat(PATIENCE), length + " octets");
            assertFalse(heart.isHeartbeatDue());
        }
    }

    @Test
    void aGnutlsServerAnswers() throws Exception {
        Peers.GNUTLS_SERV.require();
        try (var theirs = GNUTLS.listen(server());
                var ours = (SSLSocket) CLIENT.getSocketFactory().createSocket(Ours.LOOPBACK, theirs.port())) {
            ours.setSoTimeout(Ours.PATIENCE_MILLIS);
            ours.startHandshake();
            assertAnswers(ours);
            ours.getOutputStream().write("still there\n".getBytes());
            assertEquals("still there\n", new String(ours.getInputStream().readNBytes(12)));
            assertAnswers(ours);
        }
    }

    @Test
    void aGnutlsClientAnswers() throws Exception {
        Peers.GNUTLS_CLI.require();
        try (var listening = SERVER.getServerSocketFactory().createServerSocket(0, 1, Ours.LOOPBACK)) {
            listening.setSoTimeout(Ours.PATIENCE_MILLIS);
            var theirs = GNUTLS.call(Terms.client(), listening.getLocalPort());
            try (theirs;
                    var ours = (SSLSocket) listening.accept()) {
                ours.setSoTimeout(Ours.PATIENCE_MILLIS);
                ours.startHandshake();
                assertAnswers(ours);
            }
        }
    }

    @Test
    void opensslIsNotAsked() throws Exception {
        Peers.OPENSSL.require();
        try (var theirs = new Openssl().listen(server());
                var ours = (SSLSocket) CLIENT.getSocketFactory().createSocket(Ours.LOOPBACK, theirs.port())) {
            ours.startHandshake();
            assertFalse(((SocketHeartbeat) ours).mayAskHeartbeat());
            assertFalse(((SocketHeartbeat) ours).askHeartbeat(16));
        }
    }

    @Test
    void whoHasNoHeartbeatsIsNoWorseOff() throws Exception {
        Peers.GNUTLS_SERV.require();
        try (var theirs = new Gnutls().listen(server(), List.of("--nodb", "--noticket"));
                var ours = (SSLSocket) CLIENT.getSocketFactory().createSocket(Ours.LOOPBACK, theirs.port())) {
            ours.startHandshake();
            assertFalse(((SocketHeartbeat) ours).mayAskHeartbeat());
        }
    }
}
