package org.almosttls.handshake.tls13;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.ServerNamePolicy;
import org.almosttls.extension.OfferedPreSharedKeys;
import org.almosttls.extension.PreSharedKeyModes;
import org.almosttls.extension.PskIdentity;
import org.almosttls.message.ClientHello;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.message.NewSessionTicket13;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8446 §2.2, §4.2.11, §4.6.1: sessions of TLS 1.3 that go on. */
class ResumptionTest extends Reunion {

    @Test
    void aTicketSparesTheNextHandshakeItsCertificates() throws Exception {
        var first = meeting().handshake();
        var second = meeting().handshake();
        assertEquals(
                List.of(
                        "CLIENT_HELLO",
                        "SERVER_HELLO",
                        "ENCRYPTED_EXTENSIONS",
                        "FINISHED",
                        "FINISHED",
                        "NEW_SESSION_TICKET"),
                flown(second));
        for (boolean ofClient : new boolean[] {true, false}) {
            var before = first.end(ofClient).session().orElseThrow();
            var after = second.end(ofClient).session().orElseThrow();
            assertArrayEquals(before.id(), after.id());
            assertEquals(before.created(), after.created());
            assertEquals(before.peerChain(), after.peerChain());
            assertEquals(before.localChain(), after.localChain());
            assertEquals(Optional.of(NamedGroup.X25519_MLKEM768), after.group());
        }
        assertEquals(32, first.client().session().orElseThrow().id().length);
    }

    /** RFC 8446 §4.6.1: the key is another one for each ticket, and the secrets for each connection. */
    @Test
    void noKeyIsUsedTwice() throws Exception {
        ofServer.giving(3);
        meeting().handshake();
        var keys = ofClient.kept().stream()
                .map(kept -> kept.master().bytes().clone())
                .toList();
        assertEquals(3, keys.size());
        for (int i = 0; i < 3; i++) {
            assertEquals(48, keys.get(i).length);
            for (int j = 0; j < i; j++) assertFalse(Arrays.equals(keys.get(i), keys.get(j)));
        }
    }

    /** RFC 8446 §C.4. */
    @Test
    void aTicketIsOfferedOnce() throws Exception {
        meeting().handshake();
        var second = meeting().until(HandshakeType.CLIENT_HELLO);
        assertTrue(clientHello(second).extensions().has(ExtensionType.PRE_SHARED_KEY));
        assertEquals(List.of(), ofClient.kept());
        var third = meeting().until(HandshakeType.CLIENT_HELLO);
        assertFalse(clientHello(third).extensions().has(ExtensionType.PRE_SHARED_KEY));
    }

    @Test
    void aSessionGoesOnAsLongAsTicketsCome() throws Exception {
        byte[] id = meeting().handshake().client().session().orElseThrow().id();
        for (int i = 0; i < 5; i++) {
            var next = meeting().handshake();
            assertTrue(isResumed(next));
            assertArrayEquals(id, next.client().session().orElseThrow().id());
        }
    }

    static Stream<Arguments> suites() {
        return Stream.of(
                Arguments.of(CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_AES_128_GCM_SHA256, true),
                Arguments.of(CipherSuite.TLS_AES_256_GCM_SHA384, CipherSuite.TLS_AES_256_GCM_SHA384, true),
                Arguments.of(CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_CHACHA20_POLY1305_SHA256, true),
                Arguments.of(CipherSuite.TLS_CHACHA20_POLY1305_SHA256, CipherSuite.TLS_AES_128_GCM_SHA256, true),
                Arguments.of(CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_AES_256_GCM_SHA384, false),
                Arguments.of(CipherSuite.TLS_AES_256_GCM_SHA384, CipherSuite.TLS_AES_128_GCM_SHA256, false));
    }

    /** RFC 8446 §4.6.1: the suite may be another, with the same hash. */
    @ParameterizedTest
    @MethodSource("suites")
    void aSessionGoesOnInAnySuiteOfItsHash(CipherSuite first, CipherSuite second, boolean resumes) throws Exception {
        meeting(client -> client, server -> server.suites(first)).handshake();
        var next = meeting(client -> client, server -> server.suites(second)).handshake();
        assertEquals(resumes, isResumed(next));
        assertEquals(second, next.client().session().orElseThrow().cipherSuite());
    }

    @Test
    void aSessionOfAHashThatIsNotOfferedStaysWhereItIs() throws Exception {
        meeting(client -> client, server -> server.suites(CipherSuite.TLS_AES_256_GCM_SHA384))
                .handshake();
        var next = meeting(client -> client.suites(CipherSuite.TLS_AES_128_GCM_SHA256), server -> server);
        assertFalse(clientHello(next).extensions().has(ExtensionType.PRE_SHARED_KEY));
        assertEquals(1, ofClient.kept().size());
    }

    /** RFC 8446 §4.2.11.2: the binder of the second hello covers the first and HelloRetryRequest. */
    @ParameterizedTest
    @ValueSource(strings = {"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"})
    void aSessionGoesOnAfterHelloRetryRequest(String suite) throws Exception {
        var only = suite.endsWith("256") ? CipherSuite.TLS_AES_128_GCM_SHA256 : CipherSuite.TLS_AES_256_GCM_SHA384;
        meeting(client -> client, server -> server.suites(only)).handshake();
        var next = meeting(client -> client, server -> server.suites(only).groups(NamedGroup.SECP384R1))
                .handshake();
        assertEquals(
                List.of("CLIENT_HELLO", "SERVER_HELLO", "CLIENT_HELLO", "SERVER_HELLO"),
                flown(next).subList(0, 4));
        assertTrue(isResumed(next));
        assertEquals(
                Optional.of(NamedGroup.SECP384R1),
                next.server().session().orElseThrow().group());
    }

    /** RFC 8446 §4.1.4: after a retry a client should not offer a session of another hash. */
    @Test
    void aSessionOfAnotherHashIsLeftOutAfterHelloRetryRequest() throws Exception {
        meeting(client -> client, server -> server.suites(CipherSuite.TLS_AES_128_GCM_SHA256))
                .handshake();
        var next = meeting(
                        client -> client,
                        server -> server.suites(CipherSuite.TLS_AES_256_GCM_SHA384)
                                .groups(NamedGroup.SECP384R1))
                .handshake();
        assertFalse(isResumed(next));
        var hellos = next.flown().stream()
                .filter(flying -> !flying.isChangeCipherSpec() && flying.bytes()[0] == 1)
                .map(flying -> decoded(flying.bytes()))
                .toList();
        assertEquals(2, hellos.size());
        assertTrue(hellos.get(0).extensions().has(ExtensionType.PRE_SHARED_KEY));
        assertFalse(hellos.get(1).extensions().has(ExtensionType.PRE_SHARED_KEY));
    }

    private static ClientHello decoded(byte[] hello) {
        try {
            return (ClientHello) HandshakeDecoder.HELLOS.decode(hello);
        } catch (TlsAlertException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void aSessionIsForTheServerItBeganWith() throws Exception {
        meeting().handshake();
        var next = meeting(client -> client.with("serverName", Optional.of("other.example")), server -> server);
        assertFalse(clientHello(next).extensions().has(ExtensionType.PRE_SHARED_KEY));
        // RFC 8446 §4.2.11: whatever the ticket says, the name is that of the hello.
        var changed = meeting(client -> client, server -> server.with("serverNames", ServerNamePolicy.any()))
                .changing(
                        ClientHello.class, hello -> Hellos.extensions(hello, Hellos.without(ExtensionType.SERVER_NAME)))
                .until(HandshakeType.SERVER_HELLO);
        assertFalse(serverHello(changed).extensions().has(ExtensionType.PRE_SHARED_KEY));
    }

    @Test
    void aClientThatProvedItselfNeedNotDoSoAgain() throws Exception {
        var identity = TestCertificates.ecClient();
        for (boolean resumes : new boolean[] {false, true}) {
            var pair = meetingOf(identity, server -> server.asking(ClientAuthentication.NEED))
                    .handshake();
            assertEquals(resumes, isResumed(pair));
            assertEquals(identity.chain(), pair.server().session().orElseThrow().peerChain());
            assertEquals(identity.chain(), pair.client().session().orElseThrow().localChain());
        }
    }

    @Test
    void whoHasNotProvedItselfDoesSoWhereItMust() throws Exception {
        var identity = TestCertificates.ecClient();
        meetingOf(identity, server -> server).handshake();
        var next = meetingOf(identity, server -> server.asking(ClientAuthentication.NEED))
                .handshake();
        assertFalse(isResumed(next));
        assertEquals(identity.chain(), next.server().session().orElseThrow().peerChain());
    }

    /** RFC 8446 §4.2.11.1: clients must not use tickets that are older than their lifetime. */
    @Test
    void aTicketIsNotOfferedWhenItsLifetimeIsOver() throws Exception {
        meeting().handshake();
        clock.pass(Duration.ofHours(1));
        assertFalse(clientHello(meeting()).extensions().has(ExtensionType.PRE_SHARED_KEY));
    }

    /** RFC 8446 §4.2.11.1. */
    @Test
    void theAgeOfATicketIsObfuscated() throws Exception {
        var first = meeting().handshake();
        long added = ticketsOf(first).get(0).ageAdd();
        clock.pass(Duration.ofMillis(1_234));
        var identity = offered(clientHello(meeting())).identities().get(0);
        assertEquals(added + 1_234 & 0xFFFF_FFFFL, identity.obfuscatedTicketAge());
    }

    /** No client can have a ticket for longer than it exists; the binder is not even looked at. */
    @Test
    void aTicketThatIsOlderThanItCanBeIsNone() throws Exception {
        meeting().handshake();
        var next = meeting()
                .changing(ClientHello.class, hello -> older(hello, 3_600_000))
                .until(HandshakeType.SERVER_HELLO);
        assertFalse(serverHello(next).extensions().has(ExtensionType.PRE_SHARED_KEY));
    }

    private static ClientHello older(ClientHello hello, long by) {
        var offered = offered(hello);
        var identity = offered.identities().get(0);
        var changed = new PskIdentity(identity.identity(), identity.obfuscatedTicketAge() + by & 0xFFFF_FFFFL);
        return Hellos.extensions(hello, Hellos.with(new OfferedPreSharedKeys(List.of(changed), offered.binders())));
    }

    @Test
    void aTicketThatIsNotKnownMeansAFullHandshake() throws Exception {
        meeting().handshake();
        ofServer.loseTickets();
        var next = meeting().handshake();
        assertFalse(isResumed(next));
        assertTrue(flown(next).contains("CERTIFICATE_VERIFY"));
        assertFalse(flown(next).contains("NEW_SESSION_TICKET"));
    }

    /** RFC 8446 §4.2.9: the pre-shared key alone would let whoever learns it read everything. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aKeyWithoutAFreshExchangeIsNotUsed(boolean alone) throws Exception {
        meeting().handshake();
        var modes = alone ? List.of(PreSharedKeyModes.PSK_ONLY) : List.of(PreSharedKeyModes.PSK_ONLY, 9);
        var next = meeting()
                .changing(ClientHello.class, hello -> {
                    var all = hello.extensions().all().stream()
                            .map(each -> each instanceof PreSharedKeyModes ? new PreSharedKeyModes(modes) : each)
                            .toList();
                    return Hellos.extensions(hello, before -> all);
                })
                .until(HandshakeType.SERVER_HELLO);
        assertFalse(serverHello(next).extensions().has(ExtensionType.PRE_SHARED_KEY));
    }

    /** RFC 8446 §4.6.1. */
    @Test
    void ticketsDifferInAllThatTellsThemApart() throws Exception {
        ofServer.giving(3);
        var tickets = ticketsOf(meeting().handshake());
        assertEquals(3, tickets.size());
        assertEquals(
                3, tickets.stream().map(NewSessionTicket13::ageAdd).distinct().count());
        assertEquals(
                List.of(0, 1, 2),
                tickets.stream().map(each -> (int) each.nonce()[0]).toList());
        assertTrue(tickets.stream().allMatch(each -> each.lifetime() == 3600));
    }

    @Test
    void aServerGivesAsManyTicketsAsItIsTo() throws Exception {
        for (int count : new int[] {0, 1, 10}) {
            ofServer.giving(count);
            assertEquals(count, ticketsOf(meeting().handshake()).size());
        }
    }

    /** RFC 8446 §4.6.1: at most a week, also where sessions have no end. */
    @Test
    void noTicketLivesLongerThanAWeek() throws Exception {
        ofServer.withTickets(Optional.empty());
        assertEquals(604_800, ticketsOf(meeting().handshake()).get(0).lifetime());
        ofServer.withTickets(Optional.of(Duration.ofDays(30)));
        assertEquals(604_800, ticketsOf(meeting().handshake()).get(0).lifetime());
    }

    @Test
    void aClientThatKeepsNoTicketsSaysNothingOfThemAndGetsNone() throws Exception {
        ofClient.withoutTickets();
        var pair = meeting().handshake();
        assertFalse(clientHello(pair).extensions().has(ExtensionType.PSK_KEY_EXCHANGE_MODES));
        assertFalse(flown(pair).contains("NEW_SESSION_TICKET"));
        assertEquals(0, pair.client().session().orElseThrow().id().length);
    }

    @Test
    void aSessionOfTheOlderVersionIsOfferedAsItWas() throws Exception {
        olderMeeting(StatePair::handshake);
        var next = bothVersions();
        assertFalse(clientHello(next).extensions().has(ExtensionType.PRE_SHARED_KEY));
        assertTrue(clientHello(next).extensions().has(ExtensionType.SESSION_TICKET));
        assertFalse(isResumed(next.handshake()));
    }

    /** RFC 5077, RFC 8446: each version's ticket is in its own extension, and a server of the older one passes it over. */
    @Test
    void aSessionOfTheNewerVersionDoesNotGoOnInTheOlder() throws Exception {
        bothVersions().handshake();
        olderMeeting(next -> {
            var hello = clientHello(next);
            assertTrue(hello.extensions().has(ExtensionType.PRE_SHARED_KEY));
            assertTrue(next.handshake().client().session().orElseThrow().id().length > 0);
        });
    }
}
