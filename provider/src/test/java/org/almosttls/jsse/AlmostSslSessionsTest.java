package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.RecordSizes;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.SessionStore.NewSessions;
import org.almosttls.config.Ticket;
import org.almosttls.crypto.Secret;
import org.almosttls.event.Endpoint;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.CompressionMethod;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Role;
import org.almosttls.testkit.MovableClock;
import org.almosttls.testkit.SameForAll;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;

/** What a context keeps to be resumed, with whom, and for how long. */
class AlmostSslSessionsTest {

    private final MovableClock clock = new MovableClock();
    private final AlmostSslSessions sessions = new AlmostSslSessions(clock);
    private final List<Secret> secrets = new ArrayList<>();

    private static Meeting with(String host) {
        return with(host, "");
    }

    private static Meeting with(String host, String identification) {
        return Meeting.of(new Endpoint(host, 443), PlainTrust.firstOf(), identification, Optional.empty());
    }

    private NegotiatedSession session(int id) {
        return new NegotiatedSession(
                ProtocolVersion.TLS_1_2,
                CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
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

    private AlmostSslSession kept(int id, Meeting meeting) {
        var face = new AlmostSslSession(meeting.peer(), sessions, List.of());
        face.finish(SessionFacts.of(session(id)));
        return kept(id, meeting, face);
    }

    private AlmostSslSession kept(int id, Meeting meeting, AlmostSslSession face) {
        var secret = Secret.owning(new byte[] {(byte) id});
        secrets.add(secret);
        sessions.keep(new KeptSession(face, new ResumableSession(session(id), secret), meeting));
        return face;
    }

    private AlmostSslSession kept(int id) {
        return kept(id, with("some" + id + ".example"));
    }

    private boolean isErased(int index) {
        return secrets.get(index).bytes()[0] == 0;
    }

    private Optional<AlmostSslSession> last(Meeting meeting) {
        return sessions.last(meeting, any -> true).map(KeptSession::face);
    }

    private int count() {
        return Collections.list(sessions.getIds()).size();
    }

    @Test
    void aKeptSessionIsFoundById() {
        var session = kept(7);
        assertSame(session, sessions.getSession(new byte[] {7}));
        assertNull(sessions.getSession(new byte[] {8}));
        assertEquals(1, count());
    }

    @Test
    void aClientOffersItsLastSessionWithThePeer() {
        kept(1, with("some.example"));
        var second = kept(2, with("some.example"));
        kept(3, with("other.example"));
        assertEquals(Optional.of(second), last(with("SOME.example")));
        assertTrue(isErased(0), "nobody would ever use it");
    }

    /** A session made without a name check is not for where the name is checked, nor one of another trust manager. */
    @Test
    void whoeverJudgesOtherwiseDoesNotResume() {
        kept(1, with("some.example"));
        assertEquals(Optional.empty(), last(with("some.example", "HTTPS")));
        assertEquals(Optional.empty(), sessions.find(new byte[] {1}, with("some.example", "HTTPS")));
        var constrained = Meeting.of(
                new Endpoint("some.example", 443), PlainTrust.firstOf(), "", Optional.of(new SameForAll(true)));
        assertEquals(Optional.empty(), last(constrained));
        var otherPort = Meeting.of(new Endpoint("some.example", 444), PlainTrust.firstOf(), "", Optional.empty());
        assertEquals(Optional.empty(), last(otherPort));
    }

    /** After a new {@code init} with other keys one is somebody else. */
    @Test
    void whoeverIsSomebodyElseDoesNotResume() {
        kept(1, with("some.example"));
        var other = Meeting.of(new Endpoint("some.example", 443), new Object(), "", Optional.empty());
        assertEquals(Optional.empty(), last(other));
        assertEquals(Optional.empty(), sessions.find(new byte[] {1}, other));
    }

    @Test
    void aHostWithoutAPortIsNobodyInParticular() {
        var meeting = Meeting.of(new Endpoint("some.example", -1), PlainTrust.firstOf(), "", Optional.empty());
        kept(1, meeting);
        assertEquals(Optional.empty(), last(meeting));
    }

    private ConnectionSessions connection(AlmostSslSession fresh) {
        var identities = new Identities(PlainKeys.firstOf(), PlainTrust.firstOf());
        var tickets =
                new ContextTickets(Lent.by(clock, Optional.empty()), identities, new SecureRandom(), sessions::timeout);
        var shared = new ConnectionSessions.Shared(sessions, tickets, Role.CLIENT);
        return new ConnectionSessions(shared, with("some.example"), NewSessions.KEPT, fresh);
    }

    private AlmostSslSession begun() {
        return new AlmostSslSession(with("some.example").peer(), sessions, List.of());
    }

    /** Or whoever has seen its id could be shown to the application as the peer of that session. */
    @Test
    void aSessionThatWasNotOfferedIsNotTakenForResumed() {
        var known = kept(1, with("some.example"));
        var fresh = begun();
        var connection = connection(fresh);
        assertEquals(Optional.empty(), connection.toOffer(any -> false));
        assertSame(fresh, connection.of(session(1)));

        var resuming = connection(begun());
        resuming.toOffer(any -> true).orElseThrow().close();
        assertSame(known, resuming.of(session(1)));
    }

    /** Whoever is slow between a handshake's outcome and its session does not settle a later handshake's. */
    @Test
    void anOutcomeIsAskedForWhereNoFurtherHandshakeCanBegin() throws Exception {
        var first = begun();
        var second = begun();
        var succession = new SessionSuccession(connection(first));
        var outcome = session(1);
        var further = connection(second);
        var following = new Thread(() -> succession.follow(outcome, further));
        var slow = succession.last(() -> {
            following.start();
            while (following.getState() != Thread.State.BLOCKED) Thread.onSpinWait();
            return Optional.of(outcome);
        });
        following.join();
        assertSame(first, slow.orElseThrow());
        assertSame(first, succession.last(() -> Optional.of(outcome)).orElseThrow());
        assertSame(second, succession.last(() -> Optional.of(session(2))).orElseThrow());
    }

    @Test
    void whatATrustManagerInvalidatesIsNotKept() {
        var face = begun();
        face.invalidate();
        face.finish(SessionFacts.of(session(1)));
        assertFalse(face.isValid());
        kept(1, with("some.example"), face);
        assertEquals(Optional.empty(), last(with("some.example")));
        assertTrue(isErased(0));
    }

    /** Or a server could name its session like another's, and be taken for that other. */
    @Test
    void aServerCannotTakeOverTheIdOfAnother() {
        var bank = kept(1, with("bank.example"));
        kept(1, with("mallory.example"));
        assertEquals(Optional.of(bank), last(with("bank.example")));
        assertEquals(Optional.empty(), last(with("mallory.example")));
        assertEquals(
                1,
                sessions.last(with("bank.example"), any -> true)
                        .orElseThrow()
                        .resumable()
                        .master()
                        .bytes()[0]);
        assertFalse(isErased(0));
        assertTrue(isErased(1));
    }

    @Test
    void aServerCannotEndTheSessionOfAnother() {
        var bank = kept(1, with("bank.example"));
        sessions.forget(new byte[] {1}, with("mallory.example"));
        assertTrue(bank.isValid());
        sessions.forget(new byte[] {1}, with("bank.example"));
        assertFalse(bank.isValid());
    }

    @Test
    void whatIsHandedOutIsACopy() {
        kept(1, with("some.example"));
        sessions.last(with("some.example"), any -> true).orElseThrow().close();
        assertFalse(isErased(0));
    }

    @Test
    void anInvalidatedSessionIsForgotten() {
        var session = kept(7, with("some.example"));
        session.invalidate();
        assertFalse(session.isValid());
        assertNull(sessions.getSession(new byte[] {7}));
        assertEquals(Optional.empty(), last(with("some.example")));
        assertTrue(isErased(0));
    }

    @Test
    void theOldestGivesWay() {
        sessions.setSessionCacheSize(2);
        for (int id = 1; id <= 3; id++) kept(id);
        assertNull(sessions.getSession(new byte[] {1}));
        assertTrue(isErased(0));
        assertEquals(2, count());
        sessions.setSessionCacheSize(1);
        assertNull(sessions.getSession(new byte[] {2}));
        assertEquals(Optional.empty(), last(with("some2.example")));
        assertTrue(isErased(1));
        sessions.setSessionCacheSize(0);
        for (int id = 4; id <= 40; id++) kept(id);
        assertEquals(38, count());
    }

    @Test
    void timeEndsSessions() {
        sessions.setSessionTimeout(60);
        var face = kept(1, with("some.example"));
        clock.pass(Duration.ofSeconds(60));
        assertTrue(last(with("some.example")).isPresent());
        clock.pass(Duration.ofMillis(1));
        assertEquals(Optional.empty(), last(with("some.example")));
        assertEquals(Optional.empty(), sessions.find(new byte[] {1}, with("some.example")));
        assertNull(sessions.getSession(new byte[] {1}));
        assertTrue(isErased(0));
        assertFalse(face.isValid());
    }

    @Test
    void whatIsOverIsErasedWhenTheNextComes() {
        kept(1);
        clock.pass(Duration.ofSeconds(86401));
        kept(2);
        assertTrue(isErased(0));
        assertEquals(1, count());
    }

    @Test
    void withoutATimeoutSessionsStay() {
        sessions.setSessionTimeout(0);
        kept(1);
        clock.pass(Duration.ofDays(2));
        assertEquals(1, count());
        sessions.setSessionTimeout(10);
        assertTrue(isErased(0));
    }

    /** Or a peer that was taken for itself without that certificate would never be resumed with. */
    @Test
    void aCertificateThatHadExpiredBeforeTheSessionBeganDoesNotEndIt() {
        sessions.setSessionTimeout(0);
        clock.pass(Duration.ofDays(100_000));
        kept(1);
        assertEquals(1, count());
    }

    /** RFC 5077 §3.3: the client should delete the ticket and what belongs to it. */
    @Test
    void aTicketThatIsOverEndsItsSession() {
        sessions.setSessionTimeout(0);
        keptWithTicket(1, Optional.of(clock.now().plusSeconds(10)));
        clock.pass(Duration.ofSeconds(10));
        assertEquals(1, count());
        clock.pass(Duration.ofSeconds(1));
        assertEquals(0, count());
        assertTrue(isErased(0));
    }

    @Test
    void aTicketOfUnspecifiedLifetimeLastsAsLongAsASession() {
        sessions.setSessionTimeout(10);
        keptWithTicket(1, Optional.empty());
        clock.pass(Duration.ofSeconds(10));
        assertEquals(1, count());
        clock.pass(Duration.ofSeconds(1));
        assertEquals(0, count());
    }

    private void keptWithTicket(int id, Optional<Instant> until) {
        var meeting = with("some.example");
        var face = new AlmostSslSession(meeting.peer(), sessions, List.of());
        face.finish(SessionFacts.of(session(id)));
        var secret = Secret.owning(new byte[] {(byte) id});
        secrets.add(secret);
        var ticket = Optional.of(new Ticket(new byte[] {1}, until));
        sessions.keep(new KeptSession(face, new ResumableSession(session(id), secret, ticket), meeting));
    }

    /** A server cannot take tickets back, but it can remember what it has ended. */
    @Test
    void whatWasEndedDoesNotLiveOnInATicket() {
        var resumable = new ResumableSession(session(1), Secret.owning(new byte[1]));
        assertTrue(sessions.isLiving(resumable));
        kept(1).invalidate();
        assertFalse(sessions.isLiving(resumable));
        var other = new ResumableSession(session(2), Secret.owning(new byte[1]));
        sessions.forget(new byte[] {2}, with("some.example"));
        assertFalse(sessions.isLiving(other));
    }

    /** As the platform has it: up to a week. */
    @Test
    void theTimeoutOfAServerIsTheProperty() {
        assertEquals(86400, AlmostSslSessions.timeoutOf(-1));
        assertEquals(0, AlmostSslSessions.timeoutOf(0));
        assertEquals(604800, AlmostSslSessions.timeoutOf(604800));
        assertEquals(86400, AlmostSslSessions.timeoutOf(604801));
    }

    /** RFC 5246 §F.1.4: whoever may have expired is to show itself again. */
    @Test
    void aSessionDoesNotOutliveThePeersCertificate() {
        sessions.setSessionTimeout(0);
        kept(1);
        var end = TestCertificates.ecServer().chain().stream()
                .map(each -> each.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        clock.pass(Duration.between(clock.now(), end));
        assertEquals(1, count());
        clock.pass(Duration.ofSeconds(1));
        assertEquals(0, count());
        assertTrue(isErased(0));
    }

    @Test
    void theBoundsAreThePlatforms() {
        assertEquals(86400, sessions.getSessionTimeout());
        assertEquals(20480, sessions.getSessionCacheSize());
        assertEquals(20480, AlmostSslSessions.sizeOf(-1));
        assertEquals(0, AlmostSslSessions.sizeOf(0));
        assertThrows(IllegalArgumentException.class, () -> sessions.setSessionTimeout(-1));
        assertThrows(IllegalArgumentException.class, () -> sessions.setSessionCacheSize(-1));
    }
}
