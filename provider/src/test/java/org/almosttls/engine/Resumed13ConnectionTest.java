package org.almosttls.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.almosttls.alert.Violation;
import org.almosttls.config.ResumableSession;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.End;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestSessions;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections of TLS 1.3 that go on with a session: all of what is on the wire, however it arrives. */
class Resumed13ConnectionTest {

    private static final byte[] DATA = "hello again".getBytes(StandardCharsets.US_ASCII);

    private final TestSessions ofClient = new TestSessions().withTickets(Optional.empty());
    private final TestSessions ofServer = new TestSessions().withTickets(Optional.of(Duration.ofHours(1)));

    private ConnectionPair pair(NamedGroup... ofServers) {
        return new ConnectionPair(
                Tls13.client().sessions(ofClient).build(),
                Tls13.server(TestCertificates.ecServer())
                        .groups(ofServers)
                        .sessions(ofServer)
                        .build());
    }

    private static boolean isResumed(End end) {
        return end.events()
                .all(MessageTransferred.class)
                .map(MessageTransferred::message)
                .filter(ServerHello.class::isInstance)
                .anyMatch(hello -> ((ServerHello) hello).extensions().has(ExtensionType.PRE_SHARED_KEY));
    }

    private static void converse(End from, End to) throws Exception {
        int before = to.data().length;
        to.deliver(from.seal(DATA));
        to.receive();
        assertArrayEquals(DATA, Arrays.copyOfRange(to.data(), before, to.data().length));
    }

    private static void carry(End from, End to, int piece) throws Exception {
        byte[] bytes = from.flush();
        for (int at = 0; at < bytes.length; at += piece) {
            to.deliver(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece)));
            to.receive();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100, 5_000})
    void aSessionGoesOnHoweverItsOctetsArrive(int piece) throws Exception {
        for (boolean resumes : new boolean[] {false, true, true}) {
            var pair = pair(NamedGroup.X25519);
            for (int i = 0; i < 4; i++) {
                carry(pair.client(), pair.server(), piece);
                carry(pair.server(), pair.client(), piece);
            }
            assertEquals(resumes, isResumed(pair.client()));
            converse(pair.client(), pair.server());
            converse(pair.server(), pair.client());
        }
    }

    @Test
    void aSessionGoesOnByWayOfHelloRetryRequest() throws Exception {
        for (boolean resumes : new boolean[] {false, true}) {
            var pair = pair(NamedGroup.SECP521R1);
            pair.handshake();
            assertEquals(resumes, isResumed(pair.server()));
            converse(pair.client(), pair.server());
            converse(pair.server(), pair.client());
        }
    }

    /** Whatever comes of it. */
    @Test
    void theKeysOfSessionsAreErased() throws Exception {
        pair(NamedGroup.X25519).handshake();
        pair(NamedGroup.SECP521R1).handshake();
        ofServer.loseTickets();
        pair(NamedGroup.X25519).handshake();
        assertEquals(2, ofClient.handedOut().size());
        assertEquals(1, ofServer.handedOut().size());
        for (var sessions : new TestSessions[] {ofClient, ofServer})
            assertTrue(sessions.handedOut().stream().allMatch(Resumed13ConnectionTest::isErased));
    }

    @Test
    void theKeyOfASessionIsErasedWhereTheConnectionFails() throws Exception {
        pair(NamedGroup.X25519).handshake();
        var pair = pair(NamedGroup.X25519);
        pair.client().flush();
        pair.client().connection().abandon();
        assertEquals(1, ofClient.handedOut().size());
        assertTrue(isErased(ofClient.handedOut().get(0)));
        assertFalse(isErased(ofServer.kept().get(0)));
    }

    private static boolean isErased(ResumableSession session) {
        for (byte octet : session.master().bytes()) if (octet != 0) return false;
        return true;
    }

    /** RFC 8446 §6.2: what a connection that failed had agreed on is not gone on with, as far as that is possible. */
    @Test
    void aSessionWhoseConnectionFailsIsForgotten() throws Exception {
        pair(NamedGroup.X25519).handshake();
        var pair = pair(NamedGroup.X25519);
        pair.server().deliver(pair.client().flush());
        pair.server().receive();
        byte[] flight = pair.server().flush();
        flight[flight.length - 1] ^= 1;
        pair.client().deliver(flight);
        Expect.violation(Violation.BAD_RECORD, pair.client()::receive);
        assertEquals(0, ofClient.kept().size());
    }
}
