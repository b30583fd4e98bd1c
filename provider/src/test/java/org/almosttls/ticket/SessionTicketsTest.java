package org.almosttls.ticket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.Ticket;
import org.almosttls.config.TicketAge;
import org.almosttls.crypto.Secret;
import org.almosttls.crypto.choice.PerOperationBackend;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.CompressionMethod;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.MovableClock;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5077 §4: what is in a ticket, and that nobody else can read or make one. */
class SessionTicketsTest {

    private final MovableClock clock = new MovableClock();
    private final RotatingKeys keys = new RotatingKeys(new FixedRandomness(1), clock, () -> Duration.ofDays(1));
    private final SessionTickets tickets = tickets(keys);

    private static SessionTickets tickets(TicketKeys keys) {
        return new SessionTickets(keys, PerOperationBackend::platform, new FixedRandomness(2));
    }

    private static SessionState state(int certificates, String name) {
        var chain = certificates == 0
                ? List.<X509Certificate>of()
                : Collections.nCopies(certificates, TestCertificates.ecClient().certificate());
        var session = new NegotiatedSession(
                ProtocolVersion.TLS_1_2,
                CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                new byte[] {1, 2, 3},
                Instant.parse("2026-11-25T12:00:00.123Z"),
                Optional.empty(),
                Optional.empty(),
                List.of(SignatureScheme.ED25519, SignatureScheme.RSA_PKCS1_SHA256),
                true,
                1024,
                CompressionMethod.NULL,
                chain,
                List.of(),
                List.of(name),
                Optional.empty(),
                List.of());
        var master = new byte[48];
        Arrays.fill(master, (byte) 0x5A);
        return new SessionState(new ResumableSession(session, Secret.owning(master)), new byte[] {4}, new byte[] {5});
    }

    private byte[] ticket() {
        return tickets.make(state(1, "some.example")).orElseThrow();
    }

    @Test
    void whatWasWrittenIsRead() {
        var read = tickets.read(ticket()).orElseThrow();
        assertFalse(read.isOutdated());
        var written = state(1, "some.example");
        assertEquals(
                written.resumable().session().withId(new byte[0]).toString().replaceAll("\\[B@\\w+", ""),
                read.state()
                        .resumable()
                        .session()
                        .withId(new byte[0])
                        .toString()
                        .replaceAll("\\[B@\\w+", ""));
        assertArrayEquals(
                new byte[] {1, 2, 3}, read.state().resumable().session().id());
        assertTrue(read.state()
                .resumable()
                .master()
                .matches(written.resumable().master().bytes()));
        assertArrayEquals(new byte[] {4}, read.state().own());
        assertArrayEquals(new byte[] {5}, read.state().binding());
    }

    /** RFC 8446 §4.6.1: a pre-shared key is as long as the suite's hash, and the ticket knows how old it is. */
    @ParameterizedTest
    @ValueSource(ints = {32, 48})
    void aTicketOfTls13HasAKeyAndAnAgeOfItsOwn(int length) {
        var age = new TicketAge(clock.now(), 0xFFFF_FFFEL);
        var own = new Ticket(new byte[0], Optional.empty(), Optional.of(age), 0xFFFF_FFFFL);
        byte[] key = new byte[length];
        Arrays.fill(key, (byte) 0x5A);
        var session = state(1, "some.example").resumable().session();
        var made = tickets.make(new SessionState(
                new ResumableSession(session, Secret.owning(key.clone()), Optional.of(own)), new byte[0], new byte[0]));
        var read = tickets.read(made.orElseThrow()).orElseThrow().state().resumable();
        assertArrayEquals(key, read.master().bytes());
        assertEquals(Optional.of(age), read.ticket().flatMap(Ticket::age));
        assertEquals(Optional.of(0xFFFF_FFFFL), read.ticket().map(Ticket::earlyOctets));
        assertTrue(read.isForOneUse());
        assertFalse(tickets.read(ticket()).orElseThrow().state().resumable().isForOneUse());
    }

    @Test
    void noTwoTicketsAreTheSameAndNoneShowsTheSecret() {
        byte[] first = ticket();
        byte[] second = ticket();
        assertFalse(Arrays.equals(first, second));
        assertArrayEquals(Arrays.copyOf(first, 16), Arrays.copyOf(second, 16));
        assertFalse(HexFormat.of().formatHex(first).contains("5a5a5a5a"));
    }

    /** RFC 5077 §4: key_name, IV, AES-CBC, HMAC-SHA-256 over all before it; read here without any of our own code. */
    @Test
    void theFormIsThatOfTheRfc() throws Exception {
        byte[] ticket = ticket();
        int end = ticket.length - 32;
        var key = keys.named(Arrays.copyOf(ticket, 16)).orElseThrow();
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.mac().bytes(), "HmacSHA256"));
        mac.update(ticket, 0, end);
        assertArrayEquals(Arrays.copyOfRange(ticket, end, ticket.length), mac.doFinal());
        var cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        var iv = new IvParameterSpec(ticket, 16, 16);
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key.cipher().bytes(), "AES"), iv);
        byte[] state = cipher.doFinal(ticket, 32, end - 32);
        assertEquals("AlT", new String(state, 0, 3, StandardCharsets.US_ASCII));
        assertArrayEquals(
                state(1, "").resumable().master().bytes(), Arrays.copyOfRange(state, state.length - 48, state.length));
    }

    /** RFC 5077 §3.2: whatever somebody has changed, there is no session and no error. */
    @Test
    void aTicketThatWasChangedAnywhereIsNone() {
        byte[] ticket = ticket();
        for (int i = 0; i < ticket.length; i++) {
            byte[] changed = ticket.clone();
            changed[i] ^= 1;
            assertEquals(Optional.empty(), tickets.read(changed), "octet " + i);
        }
        for (int length = 0; length < ticket.length; length++)
            assertEquals(Optional.empty(), tickets.read(Arrays.copyOf(ticket, length)), "length " + length);
        assertEquals(Optional.empty(), tickets.read(Arrays.copyOf(ticket, ticket.length + 16)));
        assertEquals(Optional.empty(), tickets.read(new byte[0xFFFF]));
        assertTrue(tickets.read(ticket).isPresent());
    }

    /** RFC 5077 §A: clients of RFC 4507 say the length of the ticket before it, and again before that. */
    @Test
    void aTicketInTheFormOfRfc4507IsNone() {
        byte[] ticket = ticket();
        var before = ByteBuffer.allocate(2 + ticket.length).putShort((short) ticket.length);
        assertEquals(Optional.empty(), tickets.read(before.put(ticket).array()));
        assertEquals(Optional.empty(), tickets.read(new byte[2]));
    }

    @Test
    void aTicketOfOtherKeysIsNone() {
        var others = new RotatingKeys(new FixedRandomness(9), clock, () -> Duration.ofDays(1));
        assertEquals(Optional.empty(), tickets(others).read(ticket()));
    }

    @Test
    void aTicketUnderTheKeyBeforeIsOutdatedAndThenNone() {
        byte[] ticket = ticket();
        clock.pass(Duration.ofHours(12));
        assertTrue(tickets.read(ticket).orElseThrow().isOutdated());
        clock.pass(Duration.ofHours(25));
        assertEquals(Optional.empty(), tickets.read(ticket));
    }

    /** A fleet may have programs in it that write something else under the same key. */
    @Test
    void whatIsNotOursUnderTheKeyIsNone() {
        var crypto = PerOperationBackend.platform();
        for (int length : new int[] {0, 1, 47, 48, 49, 100, 200}) {
            byte[] other = new TicketProtection(crypto)
                    .seal(keys.sealing().orElseThrow(), new byte[length], new FixedRandomness(3));
            assertEquals(Optional.empty(), tickets.read(other), "length " + length);
        }
    }

    @Test
    void aStateThatIsCutAnywhereIsNone() {
        byte[] state = state(1, "some.example").encode().orElseThrow();
        for (int length = 0; length < state.length; length++)
            assertEquals(Optional.empty(), SessionState.decode(Arrays.copyOf(state, length)), "length " + length);
        assertEquals(Optional.empty(), SessionState.decode(Arrays.copyOf(state, state.length + 1)));
    }

    /** Whoever shows a long chain, or a long name, gets no ticket. */
    @Test
    void aSessionThatIsTooLargeHasNoTicket() {
        assertEquals(Optional.empty(), tickets.make(state(100, "some.example")));
        assertEquals(Optional.empty(), tickets.make(state(0, "x".repeat(60_000))));
        assertTrue(tickets.make(state(0, "x".repeat(7_000))).orElseThrow().length <= 0x3000);
    }

    @Test
    void whatWasOnTheWayIsErased() {
        byte[] state = state(0, "").encode().orElseThrow();
        new TicketProtection(PerOperationBackend.platform())
                .seal(keys.sealing().orElseThrow(), state, new FixedRandomness(3));
        assertArrayEquals(new byte[state.length], state);
        byte[] again = state(0, "").encode().orElseThrow();
        SessionState.decode(again).orElseThrow();
        assertArrayEquals(new byte[48], Arrays.copyOfRange(again, again.length - 48, again.length));
    }
}
