package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.almosttls.config.SessionStore.NewSessions;
import org.almosttls.event.Endpoint;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.Role;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.MovableClock;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of TLS 1.3 as contexts keep them and applications see them, by tickets under a context's own keys. */
class Sessions13Test {

    private static final Meeting KNOWN =
            Meeting.of(new Endpoint("localhost", 443), PlainTrust.firstOf(), "HTTPS", Optional.empty());

    private final MovableClock clock = new MovableClock();
    private final FixedRandomness randomness = new FixedRandomness(13);
    private final AlmostSslSessions ofClient = new AlmostSslSessions(clock);
    private final AlmostSslSessions ofServer = AlmostSslSessions.ofServer(clock);
    private final ContextTickets clientTickets = tickets(ofClient);
    private final ContextTickets serverTickets = tickets(ofServer);

    private ContextTickets tickets(AlmostSslSessions sessions) {
        var identities = new Identities(PlainKeys.firstOf(), PlainTrust.firstOf());
        return new ContextTickets(Lent.by(clock, Optional.empty()), identities, new SecureRandom(), sessions::timeout);
    }

    /** One connection, and what its ends have of sessions. */
    private record Met(ConnectionPair pair, ConnectionSessions client, ConnectionSessions server) {

        AlmostSslSession clientSession() {
            return client.of(pair.client().connection().session().orElseThrow());
        }

        AlmostSslSession serverSession() {
            return server.of(pair.server().connection().session().orElseThrow());
        }

        boolean isResumed() {
            return pair.client()
                    .events()
                    .all(MessageTransferred.class)
                    .map(MessageTransferred::message)
                    .filter(ServerHello.class::isInstance)
                    .anyMatch(hello -> ((ServerHello) hello).extensions().has(ExtensionType.PRE_SHARED_KEY));
        }
    }

    private Met meet() throws Exception {
        return meet(NewSessions.KEPT);
    }

    private Met meet(NewSessions atServer) throws Exception {
        var client = new ConnectionSessions(
                new ConnectionSessions.Shared(ofClient, clientTickets, Role.CLIENT),
                KNOWN,
                NewSessions.KEPT,
                new AlmostSslSession(KNOWN.peer(), ofClient, List.of()));
        var somebody = KNOWN.withSomebody(false);
        var server = new ConnectionSessions(
                new ConnectionSessions.Shared(ofServer, serverTickets, Role.SERVER),
                somebody,
                atServer,
                new AlmostSslSession(somebody.peer(), ofServer, List.of()));
        var pair = new ConnectionPair(
                end(Tls13.client()).sessions(client).build(),
                end(Tls13.server(TestCertificates.ecServer())).sessions(server).build());
        pair.handshake();
        return new Met(pair, client, server);
    }

    private TestConfig end(TestConfig config) {
        return config.groups(NamedGroup.X25519).with("clock", clock).with("randomness", randomness);
    }

    @Test
    void theSessionIsTheSameObjectAtEitherEnd() throws Exception {
        var first = meet();
        first.clientSession().putValue("of", "client");
        first.serverSession().putValue("of", "server");
        for (int i = 0; i < 3; i++) {
            clock.pass(Duration.ofMinutes(1));
            var next = meet();
            assertTrue(next.isResumed());
            assertSame(first.clientSession(), next.clientSession());
            assertSame(first.serverSession(), next.serverSession());
            assertEquals("client", next.clientSession().getValue("of"));
            assertEquals("server", next.serverSession().getValue("of"));
        }
        assertEquals("TLSv1.3", first.clientSession().getProtocol());
        assertEquals(32, first.clientSession().getId().length);
    }

    /** Each end makes up an id of its own, since the protocol has none. */
    @Test
    void sessionsAreListedWithTheirContexts() throws Exception {
        var met = meet();
        assertSame(met.clientSession(), ofClient.getSession(met.clientSession().getId()));
        assertSame(met.serverSession(), ofServer.getSession(met.serverSession().getId()));
        assertEquals(1, Collections.list(ofClient.getIds()).size());
        assertEquals(1, Collections.list(ofServer.getIds()).size());
        meet();
        assertEquals(1, Collections.list(ofClient.getIds()).size());
        assertEquals(1, Collections.list(ofServer.getIds()).size());
        assertSame(ofClient, met.clientSession().getSessionContext());
        assertTrue(met.clientSession().isValid());
    }

    /** A server cannot take its ticket back, but it need not take it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSessionThatIsInvalidatedDoesNotGoOn(boolean byClient) throws Exception {
        var first = meet();
        (byClient ? first.clientSession() : first.serverSession()).invalidate();
        var next = meet();
        assertFalse(next.isResumed());
        assertNotSame(first.clientSession(), next.clientSession());
        assertNotSame(first.serverSession(), next.serverSession());
    }

    /** What goes on does not begin anew: all of it ends with the time-out of the session. */
    @Test
    void noSessionOutlivesItsTimeout() throws Exception {
        ofServer.setSessionTimeout(600);
        var first = meet();
        for (int i = 0; i < 2; i++) {
            clock.pass(Duration.ofMinutes(4));
            assertTrue(meet().isResumed());
        }
        clock.pass(Duration.ofMinutes(4));
        var next = meet();
        assertFalse(next.isResumed());
        assertFalse(first.clientSession().isValid());
        assertNotSame(first.serverSession(), next.serverSession());
    }

    @Test
    void aServerThatKeepsNoSessionsGivesNoTickets() throws Exception {
        assertFalse(meet(NewSessions.NOT_KEPT).isResumed());
        assertFalse(meet(NewSessions.NOT_KEPT).isResumed());
        assertEquals(0, Collections.list(ofServer.getIds()).size());
    }

    @Test
    void aServerThatMayMakeNoSessionGoesOnWithOne() throws Exception {
        var first = meet();
        var next = meet(NewSessions.REFUSED);
        assertTrue(next.isResumed());
        assertArrayEquals(first.serverSession().getId(), next.serverSession().getId());
    }
}
