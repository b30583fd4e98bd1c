package org.almosttls.handshake.tls13.server;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.SessionStore.NewSessions;
import org.almosttls.config.Ticket;
import org.almosttls.config.TicketAge;
import org.almosttls.config.TlsConfig;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.MaxEarlyData;
import org.almosttls.handshake.Transition;
import org.almosttls.keyschedule.ResumptionSecret;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.NewSessionTicket13;

/**
 * RFC 8446 §4.6.1: the tickets that a server gives its client when the handshake is done, and again once it knows more of
 * the client. Owns the secret.
 *
 * @param count how many at a time
 * @param given how many already
 */
record GivenTickets(TlsConfig config, ResumptionSecret secret, int count, int given) implements AutoCloseable {

    /** What one octet can tell apart. */
    private static final int MOST = 0x100;

    private static final byte[] NO_OCTETS = {};

    /** RFC 8446 §4.6.1: servers must not say more. */
    private static final long MOST_SECONDS = 604_800;

    /** How many there are to be, as far as it depends on the configuration. */
    static int count(TlsConfig config) {
        boolean gives = config.sessions().newSessions() == NewSessions.KEPT
                && config.sessions().usesTickets();
        return gives ? config.sessions().ticketsForEach() : 0;
    }

    GivenTickets afterOneRound() {
        return new GivenTickets(config, secret, count, Math.min(MOST, given + count));
    }

    /** One round of them, which go on with this session. */
    void sentBy(Transition transition, NegotiatedSession session) {
        for (int number = given; number < Math.min(MOST, given + count); number++) {
            // RFC 8446 §4.6.1: unique among all tickets of the connection.
            byte[] nonce = {(byte) number};
            try (var key = secret.preSharedKey(nonce)) {
                var resumable = new ResumableSession(session, key, Optional.of(unsealed()));
                if (!isSent(transition, resumable, nonce)) return;
                if (number == given) transition.keep(resumable.copy());
            }
        }
    }

    /** RFC 8446 §4.6.1: a fresh value for each ticket. */
    private Ticket unsealed() {
        var age = new TicketAge(config.clock().now(), uint32(config.randomness().bytes(4)));
        return new Ticket(
                NO_OCTETS, Optional.empty(), Optional.of(age), config.early().most());
    }

    private boolean isSent(Transition transition, ResumableSession resumable, byte[] nonce) {
        var age = resumable.ticket().flatMap(Ticket::age).orElseThrow();
        var ticket = config.sessions().issue(resumable);
        var now = config.clock().now();
        long lifetime = lifetime(ticket, now);
        if (ticket.octets().length == 0 || lifetime <= 0) return false;
        if (config.early().most() > 0) config.early().register().give(ticket.octets(), now.plusSeconds(lifetime));
        transition.send(EncodedMessage.of(
                new NewSessionTicket13(lifetime, age.added(), nonce, ticket.octets(), Extensions.of(extensions()))));
        return true;
    }

    /** RFC 8446 §4.6.1: what may come with it next time, before this server has answered. */
    private List<Extension> extensions() {
        int most = config.early().most();
        return Stream.concat(
                        most > 0 ? Stream.of(new MaxEarlyData(most)) : Stream.<Extension>empty(),
                        ServerGrease.inTicket(config).stream())
                .toList();
    }

    private static long lifetime(Ticket ticket, Instant now) {
        return ticket.until()
                .map(until ->
                        Math.min(MOST_SECONDS, Duration.between(now, until).toSeconds()))
                .orElse(MOST_SECONDS);
    }

    private static long uint32(byte[] octets) {
        long value = 0;
        for (byte octet : octets) value = value << 8 | octet & 0xFF;
        return value;
    }

    @Override
    public void close() {
        secret.close();
    }
}
