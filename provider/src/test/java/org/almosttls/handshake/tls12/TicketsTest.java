package org.almosttls.handshake.tls12;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.almosttls.alert.Violation;
import org.almosttls.config.Ticket;
import org.almosttls.extension.ServerNames;
import org.almosttls.extension.SessionTicket;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.tls12.client.IgnoringHelloRequests;
import org.almosttls.message.ChangeCipherSpec;
import org.almosttls.message.ClientHello;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.NewSessionTicket;
import org.almosttls.message.ServerHello;
import org.almosttls.message.TlsMessage;
import org.almosttls.record.HandshakeReassembler;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.HandshakeType;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.MovableClock;
import org.almosttls.testkit.Samples;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestSessions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5077: sessions that the client keeps for the server. */
class TicketsTest extends Acquaintance {

    private static final Duration HOUR = Duration.ofHours(1);

    private final MovableClock clock = new MovableClock();

    @BeforeEach
    void bothEndsUseTickets() {
        ofClient.withTickets(Optional.empty());
        ofServer.withTickets(Optional.of(HOUR));
    }

    private StatePair meeting() throws Exception {
        return pair(client -> client.with("clock", clock), server -> server.with("clock", clock));
    }

    private static ClientHello clientHello(StatePair pair) {
        return (ClientHello) sent(pair.client(), ClientHello.class).message();
    }

    private static byte[] ticketIn(ClientHello hello) {
        return hello.extensions().find(SessionTicket.class).orElseThrow().ticket();
    }

    private Ticket kept(int index) {
        return ofClient.kept().get(index).ticket().orElseThrow();
    }

    /** RFC 5077 §3.1, figure 1. */
    @Test
    void aFullHandshakeGivesATicketBeforeChangeCipherSpec() throws Exception {
        var first = meeting().handshake();
        var flown = flown(first);
        assertEquals(
                List.of("CHANGE_CIPHER_SPEC", "FINISHED", "NEW_SESSION_TICKET", "CHANGE_CIPHER_SPEC", "FINISHED"),
                flown.subList(flown.size() - 5, flown.size()));
        assertEquals(0, ticketIn(clientHello(first)).length);
        assertTrue(serverHello(first).extensions().has(ExtensionType.SESSION_TICKET));
        assertTrue(ofServer.kept()
                .get(0)
                .master()
                .matches(ofClient.kept().get(0).master().bytes()));
    }

    /** RFC 5077 §3.4: a server that issues a ticket says no id, and the client makes one up. */
    @Test
    void theIdIsMadeUpByTheClient() throws Exception {
        var first = meeting().handshake();
        assertEquals(0, serverHello(first).sessionId().length);
        byte[] id = ofClient.kept().get(0).session().id();
        assertEquals(32, id.length);
        assertArrayEquals(id, first.client().session().orElseThrow().id());
    }

    /** RFC 5077 §3.1, figure 2 without a new ticket. */
    @Test
    void theNextHandshakeIsAbbreviated() throws Exception {
        meeting().handshake();
        var second = meeting().handshake();
        assertEquals(
                List.of(
                        "CLIENT_HELLO",
                        "SERVER_HELLO",
                        "CHANGE_CIPHER_SPEC",
                        "FINISHED",
                        "CHANGE_CIPHER_SPEC",
                        "FINISHED"),
                flown(second));
        assertArrayEquals(kept(0).octets(), ticketIn(clientHello(second)));
        assertArrayEquals(clientHello(second).sessionId(), serverHello(second).sessionId());
        assertFalse(serverHello(second).extensions().has(ExtensionType.SESSION_TICKET));
        assertEquals(1, ofClient.kept().size());
    }

    @Test
    void aServerKnowsItsSessionByWhatIsInTheTicket() throws Exception {
        var first = meeting().handshake();
        var second = meeting().handshake();
        assertArrayEquals(
                first.server().session().orElseThrow().id(),
                second.server().session().orElseThrow().id());
    }

    /** RFC 5077 §3.3: a new one comes in an abbreviated handshake too, and takes the place of the old. */
    @Test
    void aTicketOnItsWayOutIsRenewed() throws Exception {
        meeting().handshake();
        ofServer.outdateTickets();
        var second = meeting().handshake();
        assertEquals(
                List.of("CLIENT_HELLO", "SERVER_HELLO", "NEW_SESSION_TICKET", "CHANGE_CIPHER_SPEC"),
                flown(second).subList(0, 4));
        assertTrue(isResumed(second));
        assertArrayEquals(
                ofClient.kept().get(0).session().id(),
                ofClient.kept().get(1).session().id());
        var third = meeting().handshake();
        assertArrayEquals(kept(1).octets(), ticketIn(clientHello(third)));
        assertFalse(Arrays.equals(kept(0).octets(), ticketIn(clientHello(third))));
        assertTrue(isResumed(third));
    }

    /** RFC 5077 §3.2: it must not be promised to who did not ask; then the id is what is left. */
    @Test
    void aClientThatDoesNotAskGetsNone() throws Exception {
        var first = meeting()
                .changing(
                        ClientHello.class,
                        hello -> Hellos.extensions(hello, Hellos.without(ExtensionType.SESSION_TICKET)));
        first.until(HandshakeType.SERVER_HELLO);
        assertFalse(serverHello(first).extensions().has(ExtensionType.SESSION_TICKET));
        assertEquals(32, serverHello(first).sessionId().length);
    }

    @Test
    void aPromiseThatNobodyAskedForIsRefused() throws Exception {
        var none = pair(client -> client.sessions(new TestSessions()), SAME)
                .changing(ServerHello.class, changing(Hellos.with(SessionTicket.NONE_YET)));
        Expect.violation(Violation.EXTENSION_NOT_OFFERED, none::handshake);
    }

    /** RFC 5077 §3.3: it must be sent if it was promised, and must not if it was not. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatComesIsWhatWasPromised(boolean promised) throws Exception {
        meeting().handshake();
        if (!promised) ofServer.outdateTickets();
        Function<ServerHello, HandshakeMessage> change = promised
                ? changing(Hellos.with(SessionTicket.NONE_YET))
                : changing(Hellos.without(ExtensionType.SESSION_TICKET));
        Expect.violation(Violation.UNEXPECTED_MESSAGE, meeting().changing(ServerHello.class, change)::handshake);
    }

    /** As above, in both kinds of handshake: a client that waits for a ticket takes nothing else. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void waitNewSessionTicketTakesOnlyThat(boolean resumed) throws Exception {
        if (resumed) {
            meeting().handshake();
            ofServer.outdateTickets();
        }
        var state = ((IgnoringHelloRequests) meeting()
                        .until(HandshakeType.NEW_SESSION_TICKET)
                        .client()
                        .state())
                .inner();
        assertEquals("WaitNewSessionTicket", state.getClass().getSimpleName());
        Expect.violation(Violation.UNEXPECTED_MESSAGE, () -> state.receive(received(new ChangeCipherSpec())));
        for (var type : HandshakeType.values()) {
            if (type == HandshakeType.NEW_SESSION_TICKET) state.receive(received(Samples.of(type)));
            else Expect.violation(Violation.UNEXPECTED_MESSAGE, () -> state.receive(received(Samples.of(type))));
        }
    }

    private static Received received(TlsMessage message) {
        var bytes = message instanceof HandshakeMessage handshake
                ? EncodedMessage.of(handshake).bytes()
                : new byte[0];
        return new Received(message, bytes, new HandshakeReassembler()::aligned);
    }

    /** RFC 5077 §3.3: it is in the hash that Finished proves. */
    @Test
    void aTicketThatWasChangedOnTheWayEndsTheHandshake() throws Exception {
        var pair = meeting().changing(NewSessionTicket.class, ticket -> new NewSessionTicket(1, ticket.ticket()));
        Expect.violation(Violation.WRONG_FINISHED, pair::handshake);
        assertEquals(List.of(), ofClient.kept());
    }

    /** RFC 5077 §3.3: whoever has promised a ticket and has none sends an empty one. */
    @Test
    void anEmptyTicketIsNone() throws Exception {
        ofServer.loseTickets();
        var first = meeting().handshake();
        assertTrue(flown(first).contains("NEW_SESSION_TICKET"));
        assertEquals(List.of(), ofClient.kept());
        assertFalse(isResumed(meeting().handshake()));
    }

    /** RFC 5077 §3.2: whoever does not know the ticket says nothing of it, and gives another. */
    @Test
    void aTicketThatIsNotKnownMeansAFullHandshake() throws Exception {
        meeting().handshake();
        ofServer.withTickets(Optional.of(HOUR));
        var second = meeting().handshake();
        assertFalse(isResumed(second));
        assertEquals(0, serverHello(second).sessionId().length);
        assertTrue(isResumed(meeting().handshake()));
    }

    @ParameterizedTest
    @CsvSource({"3600, 3600", "0, 0", "4294967295, 4294967295"})
    void theHintSaysHowLong(long seconds, long said) throws Exception {
        ofServer.withTickets(Optional.of(seconds).filter(some -> some > 0).map(Duration::ofSeconds));
        var first = meeting().handshake();
        var message =
                (NewSessionTicket) sent(first.server(), NewSessionTicket.class).message();
        assertEquals(said, message.lifetimeHint());
        var until = Optional.of(seconds).filter(some -> some > 0).map(clock.now()::plusSeconds);
        assertEquals(until, kept(0).until());
    }

    /** What is left of the session's own time; never 0, which would be without end. */
    @ParameterizedTest
    @CsvSource({"10, 3590", "3599, 1", "3600, 1", "4000, 1"})
    void aRenewedTicketLivesNoLongerThanItsSession(long passed, long hint) throws Exception {
        meeting().handshake();
        ofServer.outdateTickets();
        clock.pass(Duration.ofSeconds(passed));
        var second = meeting().handshake();
        var message =
                (NewSessionTicket) sent(second.server(), NewSessionTicket.class).message();
        assertEquals(hint, message.lifetimeHint());
    }

    /** The server's choice must not fill the client's memory, nor its next hello. */
    @ParameterizedTest
    @ValueSource(ints = {0x4000, 0x4001, 0xFFFF})
    void aTicketThatIsTooLongIsNotKept(int length) {
        var message = new NewSessionTicket(0, new byte[length]);
        assertEquals(
                length == 0x4000, TicketMessages.ticket(message, clock.now()).isPresent());
    }

    /** RFC 5077 §3.4: beside a ticket the server must not go by the id. */
    @Test
    void besideATicketTheIdMeansNothing() throws Exception {
        meeting().handshake();
        byte[] known = ofServer.kept().get(0).session().id();
        var second = meeting()
                .changing(
                        ClientHello.class,
                        hello -> Hellos.extensions(
                                new ClientHello(
                                        hello.legacyVersion(),
                                        hello.random(),
                                        known,
                                        hello.cipherSuites(),
                                        hello.compressionMethods(),
                                        hello.extensions()),
                                Hellos.with(new SessionTicket(new byte[] {99}))));
        second.until(HandshakeType.SERVER_HELLO);
        assertFalse(Arrays.equals(known, serverHello(second).sessionId()));
    }

    /** RFC 5077 §3.4: a client may leave the id empty and tell by what follows. */
    @Test
    void aTicketWithoutAnIdIsTakenToo() throws Exception {
        meeting().handshake();
        var second = meeting()
                .changing(
                        ClientHello.class,
                        hello -> new ClientHello(
                                hello.legacyVersion(),
                                hello.random(),
                                new byte[0],
                                hello.cipherSuites(),
                                hello.compressionMethods(),
                                hello.extensions()));
        second.until(HandshakeType.SERVER_HELLO);
        assertEquals(0, serverHello(second).sessionId().length);
        assertEquals(
                "CHANGE_CIPHER_SPEC",
                second.server().outbox().stream()
                        .skip(1)
                        .map(each -> each.isChangeCipherSpec() ? "CHANGE_CIPHER_SPEC" : "")
                        .findFirst()
                        .orElseThrow());
    }

    /** RFC 5077 §3.4: a server that takes the ticket must say the client's id; else it has not taken it. */
    @Test
    void whoTakesATicketSaysTheIdThatCameWithIt() throws Exception {
        meeting().handshake();
        var second = meeting()
                .changing(
                        ServerHello.class,
                        hello -> new ServerHello(
                                hello.legacyVersion(),
                                hello.random(),
                                new byte[32],
                                hello.cipherSuite(),
                                hello.compressionMethod(),
                                hello.extensions()));
        Expect.violation(Violation.UNEXPECTED_MESSAGE, second::handshake);
    }

    /** RFC 7627 §5.3: a session that was bound to its handshake is not gone on with otherwise, nor dropped in silence. */
    @Test
    void aTicketOfferedWithoutExtendedMasterSecretEndsTheHandshake() throws Exception {
        meeting().handshake();
        var second = meeting()
                .changing(
                        ClientHello.class,
                        hello -> Hellos.extensions(hello, Hellos.without(ExtensionType.EXTENDED_MASTER_SECRET)));
        Expect.violation(Violation.EXTENDED_MASTER_SECRET_CHANGED, second::handshake);
        assertErased(ofServer.handedOut().get(0).master());
    }

    /** RFC 7627 §5.3. */
    @Test
    void withoutExtendedMasterSecretNoTicketIsPromised() throws Exception {
        var first = meeting()
                .changing(
                        ClientHello.class,
                        hello -> Hellos.extensions(hello, Hellos.without(ExtensionType.EXTENDED_MASTER_SECRET)));
        first.until(HandshakeType.SERVER_HELLO);
        assertFalse(serverHello(first).extensions().has(ExtensionType.SESSION_TICKET));
    }

    @Test
    void aTicketForAnotherNameIsNotTaken() throws Exception {
        meeting().handshake();
        var second = meeting()
                .changing(
                        ClientHello.class,
                        hello -> Hellos.extensions(hello, Hellos.with(new ServerNames(List.of("other.example")))));
        second.until(HandshakeType.SERVER_HELLO);
        assertEquals(0, serverHello(second).sessionId().length);
        assertErased(ofServer.handedOut().get(0).master());
    }

    /** A client that may not begin a session may go on with one, and take another ticket for it. */
    @Test
    void whoeverMayOnlyResumeAsksForNoTicketOfAnotherSession() throws Exception {
        meeting().handshake();
        ofClient.refuseNew();
        var second = meeting().handshake();
        assertTrue(isResumed(second));
        ofServer.withTickets(Optional.of(HOUR));
        var third = meeting();
        Expect.violation(Violation.NO_SESSION_TO_RESUME, third::handshake);
    }
}
