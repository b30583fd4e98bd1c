package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.RecordSizes;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.Ticket;
import org.almosttls.config.TicketAge;
import org.almosttls.crypto.Secret;
import org.almosttls.event.Endpoint;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.CompressionMethod;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.testkit.MovableClock;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;

/** RFC 8446 §C.4: a client keeps the tickets of a session of TLS 1.3, and offers each once. */
class SingleUseTicketsTest {

    private static final Meeting MEETING =
            Meeting.of(new Endpoint("some.example", 443), PlainTrust.firstOf(), "", Optional.empty());

    private final MovableClock clock = new MovableClock();
    private final AlmostSslSessions sessions = new AlmostSslSessions(clock);
    private final List<Secret> secrets = new ArrayList<>();
    private final AlmostSslSession face = new AlmostSslSession(MEETING.peer(), sessions, List.of());

    private NegotiatedSession session(int id) {
        return new NegotiatedSession(
                ProtocolVersion.TLS_1_3,
                CipherSuite.TLS_AES_128_GCM_SHA256,
                new byte[] {(byte) id},
                clock.now(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                true,
                RecordSizes.MAX_PLAINTEXT,
                CompressionMethod.NULL,
                TestCertificates.ecServer().chain(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of());
    }

    private void ticket(int session, int number, Meeting meeting, Optional<Instant> until) {
        face.finish(SessionFacts.of(session(session)));
        var secret = Secret.owning(new byte[] {(byte) number});
        secrets.add(secret);
        var ticket = new Ticket(new byte[] {(byte) number}, until, Optional.of(new TicketAge(clock.now(), 0)));
        var resumable = new ResumableSession(session(session), secret, Optional.of(ticket));
        sessions.keep(new KeptSession(face, resumable, meeting));
    }

    private void ticket(int number) {
        ticket(1, number, MEETING, Optional.empty());
    }

    /** The number of the ticket that would be offered, which it is then. */
    private Optional<Integer> offered() {
        return sessions.last(MEETING, ResumableSession::isForOneUse).map(kept -> {
            int number = kept.resumable().ticket().orElseThrow().octets()[0];
            assertArrayEquals(
                    new byte[] {(byte) number}, kept.resumable().master().bytes());
            assertSame(face, kept.face());
            kept.close();
            return number;
        });
    }

    private boolean isErased(int number) {
        return secrets.get(number - 1).bytes()[0] == 0;
    }

    @Test
    void eachIsOfferedOnceTheNewestFirst() {
        for (int number = 1; number <= 3; number++) ticket(number);
        for (int number = 3; number >= 1; number--) {
            assertFalse(isErased(number));
            assertEquals(Optional.of(number), offered());
            assertTrue(isErased(number));
        }
        assertEquals(Optional.empty(), offered());
    }

    @Test
    void theSessionStaysWithoutTicketsAndTakesMore() {
        ticket(1);
        assertEquals(Optional.of(1), offered());
        assertEquals(1, Collections.list(sessions.getIds()).size());
        assertSame(face, sessions.getSession(new byte[] {1}));
        assertTrue(face.isValid());
        ticket(2);
        assertEquals(Optional.of(2), offered());
        assertEquals(Optional.empty(), offered());
    }

    @Test
    void whatDoesNotFitIsNotUsedUp() {
        ticket(1);
        assertEquals(Optional.empty(), sessions.last(MEETING, any -> false));
        assertEquals(Optional.of(1), offered());
    }

    @Test
    void nomoreThanNineAreKept() {
        for (int number = 1; number <= 20; number++) ticket(number);
        for (int number = 1; number <= 20; number++) assertEquals(number <= 11, isErased(number), "ticket " + number);
    }

    @Test
    void allAreErasedWithTheirSession() {
        for (int number = 1; number <= 3; number++) ticket(number);
        face.invalidate();
        for (int number = 1; number <= 3; number++) assertTrue(isErased(number));
        assertEquals(Optional.empty(), offered());
    }

    @Test
    void allGoWhenTheNewestExpires() {
        ticket(1, 1, MEETING, Optional.of(clock.now().plusSeconds(5)));
        ticket(1, 2, MEETING, Optional.of(clock.now().plusSeconds(9)));
        clock.pass(Duration.ofSeconds(10));
        assertEquals(Optional.empty(), offered());
        assertTrue(isErased(1));
        assertTrue(isErased(2));
    }

    @Test
    void anotherSessionWithThePeerTakesThePlace() {
        ticket(1);
        ticket(2, 2, MEETING, Optional.empty());
        assertTrue(isErased(1));
        assertEquals(1, Collections.list(sessions.getIds()).size());
    }

    /** A server knows no peer, and shows no ticket: the last stands for the session. */
    @Test
    void aServerKeepsNoSpares() {
        var somebody = MEETING.withSomebody(false);
        ticket(1, 1, somebody, Optional.empty());
        ticket(1, 2, somebody, Optional.empty());
        assertTrue(isErased(1));
        assertFalse(isErased(2));
        assertEquals(1, Collections.list(sessions.getIds()).size());
    }

    /** As the platform has it: 0 to 10, and 1 where nobody says. */
    @Test
    void howManyAServerGivesIsTheProperty() {
        assertEquals(1, ContextTickets.countOf(-1));
        assertEquals(0, ContextTickets.countOf(0));
        assertEquals(10, ContextTickets.countOf(10));
        assertEquals(1, ContextTickets.countOf(11));
    }
}
