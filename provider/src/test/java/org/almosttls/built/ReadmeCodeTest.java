package org.almosttls.built;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.Security;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.api.SocketHeartbeat;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The Java code of README.md, line by line, doing what is said there. */
class ReadmeCodeTest {

    @AfterEach
    void removeProvider() {
        Security.removeProvider("AlmostTLS");
    }

    @Test
    void oneContextOfOursShakesHands() throws Exception {
        var keyManagers = Contexts.keys(TestCertificates.ecServer());
        var trustManagers = Contexts.trust(TestCertificates.trustStore());
        SSLContext context = SSLContext.getInstance("TLS", new AlmostTlsProvider());
        context.init(keyManagers, trustManagers, null);
        var pair = new EnginePair(context, context).handshake();
        assertEquals("TLSv1.3", pair.client().engine().getSession().getProtocol());
    }

    @Test
    void aContextOfTheTextbookShakesHands() throws Exception {
        SSLContext context = SSLContext.getInstance("AlmostTLS", new AlmostTlsProvider());
        context.init(Contexts.keys(TestCertificates.rsaServer()), Contexts.trust(TestCertificates.trustStore()), null);
        try (var pair = new SocketPair(context, context).handshake()) {
            assertEquals("AlmostTLSv1", pair.client().getSession().getProtocol());
        }
    }

    @Test
    void inFirstPlaceItIsEverybodysTls() throws Exception {
        Security.insertProviderAt(new AlmostTlsProvider(), 1);
        assertEquals(
                List.of("AlmostTLS", "AlmostTLS", "AlmostTLS"),
                List.of(providerOf("TLS"), providerOf("TLSv1.2"), providerOf("TLSv1.3")));
    }

    @Test
    void inLastPlaceItIsThereForThoseWhoNameIt() throws Exception {
        Security.addProvider(new AlmostTlsProvider());
        assertEquals("SunJSSE", providerOf("TLS"));
        assertEquals(
                "AlmostTLS",
                SSLContext.getInstance("TLS", "AlmostTLS").getProvider().getName());
    }

    /** docs/heartbeat.md. */
    @Test
    void heartbeatsTellThatThePeerIsAlive() throws Exception {
        System.setProperty("almosttls.heartbeat", "true");
        var ours = new AlmostTlsProvider();
        var server = Contexts.with(ours, TestCertificates.ecServer());
        try (var pair = new SocketPair(Contexts.client(ours), server).handshake()) {
            var echoing = pair.async(() -> pair.server().getInputStream().read());
            var socket = pair.client();
            SocketHeartbeat heart = (SocketHeartbeat) socket;
            heart.setHeartbeatInterval(Duration.ofMinutes(2));
            if (heart.mayAskHeartbeat() && heart.askHeartbeat(16)) {
                boolean alive = heart.awaitHeartbeat(Duration.ofSeconds(10));
                assertTrue(alive, "the peer has answered");
            }
            assertTrue(heart.mayAskHeartbeat());
            socket.getOutputStream().write(1);
            assertEquals(1, SocketPair.await(echoing));
        } finally {
            System.clearProperty("almosttls.heartbeat");
        }
    }

    private static String providerOf(String algorithm) throws Exception {
        return SSLContext.getInstance(algorithm).getProvider().getName();
    }
}
