package org.almosttls.handshake.tls13.server;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.SessionStore.NewSessions;
import org.almosttls.config.Ticket;
import org.almosttls.config.TicketAge;
import org.almosttls.config.TlsConfig;
import org.almosttls.crypto.Secret;
import org.almosttls.extension.Extensions;
import org.almosttls.handshake.Transition;
import org.almosttls.keyschedule.ResumptionSecret;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.NewSessionTicket13;

/** RFC 8446 §4.6.1: the tickets that a server gives its client when the handshake is done. */
record GivenTickets(TlsConfig config, NegotiatedSession session) {

    private static final byte[] NO_OCTETS = {};

    /** RFC 8446 §4.6.1: servers must not say more. */
    private static final long MOST_SECONDS = 604_800;

    /** How many there are to be, as far as it depends on the configuration. */
    static int count(TlsConfig config) {
        boolean gives = config.sessions().newSessions() == NewSessions.KEPT
                && config.sessions().usesTickets();
        return gives ? config.sessions().ticketsForEach() : 0;
    }

    /** The secret stays its owner's to close. */
    Transition sentBy(Transition transition, ResumptionSecret secret, int count) {
        for (int number = 0; number < count; number++) {
            // RFC 8446 §4.6.1: unique among all tickets of the connection.
            byte[] nonce = {(byte) number};
            try (var key = secret.preSharedKey(nonce)) {
                if (!isSent(transition, key, nonce)) return transition;
            }
        }
        return transition;
    }

    private boolean isSent(Transition transition, Secret key, byte[] nonce) {
        var now = config.clock().now();
        // RFC 8446 §4.6.1: a fresh value for each ticket.
        var age = new TicketAge(now, uint32(config.randomness().bytes(4)));
        var unsealed = new Ticket(NO_OCTETS, Optional.empty(), Optional.of(age));
        var resumable = new ResumableSession(session, key, Optional.of(unsealed));
        var ticket = config.sessions().issue(resumable);
        long lifetime = lifetime(ticket, now);
        if (ticket.octets().length == 0 || lifetime <= 0) return false;
        transition.send(EncodedMessage.of(
                new NewSessionTicket13(lifetime, age.added(), nonce, ticket.octets(), Extensions.of(List.of()))));
        if (nonce[0] == 0) transition.keep(resumable.copy());
        return true;
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
}
