package org.almosttls.handshake.tls13.client;

import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.Clock;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.SessionStore.NewSessions;
import org.almosttls.config.Ticket;
import org.almosttls.config.TicketAge;
import org.almosttls.config.TlsConfig;
import org.almosttls.extension.MaxEarlyData;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls13.ApplicationKeys;
import org.almosttls.handshake.tls13.Encrypted;
import org.almosttls.keyschedule.ResumptionSecret;
import org.almosttls.message.NewSessionTicket13;

/** RFC 8446 §4.6.1: what a client makes of the tickets that it is given on a connection. Owns the secret. */
public record ReceivedTickets(NegotiatedSession session, Clock clock, ResumptionSecret secret)
        implements AutoCloseable {

    /** RFC 8446 §4.6.1: a week, whatever the server says. */
    private static final long MOST_SECONDS = 604_800;

    /** Larger ones are not kept: the client's memory and its next hello are its own. */
    private static final int MOST_OCTETS = 0x4000;

    /** Whether a client with this configuration can make use of any. */
    public static boolean areKept(TlsConfig config) {
        return config.sessions().newSessions() == NewSessions.KEPT
                && config.sessions().usesTickets();
    }

    /** Of a handshake that is done, up to and including the client's Finished; nothing if none are kept. */
    static Optional<ReceivedTickets> of(NegotiatedSession session, ApplicationKeys keys, Encrypted done) {
        var agreement = done.agreement();
        if (!areKept(agreement.config()) || !agreement.makesTickets()) return Optional.empty();
        var secret = keys.master().resumptionMasterSecret(agreement.hash(done.transcript()));
        return Optional.of(new ReceivedTickets(session, agreement.config().clock(), secret));
    }

    /** The same once the client has said who it is, which tickets from now on stand for too. */
    ReceivedTickets of(NegotiatedSession other) {
        return new ReceivedTickets(other, clock, secret);
    }

    static void require(NewSessionTicket13 message) throws TlsAlertException {
        Violation.DUPLICATE_EXTENSION.when(message.extensions().hasDuplicates());
    }

    Transition keptBy(Transition transition, NewSessionTicket13 message) {
        // RFC 8446 §4.6.1: a lifetime of zero says that the ticket be discarded at once.
        if (message.lifetime() == 0 || message.ticket().length > MOST_OCTETS) return transition;
        var now = clock.now();
        var until = now.plusSeconds(Math.min(message.lifetime(), MOST_SECONDS));
        var age = new TicketAge(now, message.ageAdd());
        var ticket = new Ticket(message.ticket(), Optional.of(until), Optional.of(age), earlyOctets(message));
        return transition.keep(
                new ResumableSession(session, secret.preSharedKey(message.nonce()), Optional.of(ticket)));
    }

    private static long earlyOctets(NewSessionTicket13 message) {
        return message.extensions()
                .find(MaxEarlyData.class)
                .map(MaxEarlyData::octets)
                .orElse(0L);
    }

    @Override
    public void close() {
        secret.close();
    }
}
