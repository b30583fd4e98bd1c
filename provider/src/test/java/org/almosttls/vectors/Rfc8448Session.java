package org.almosttls.vectors;

import static org.almosttls.testkit.Hex.hex;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.RecordSizes;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.SessionStore;
import org.almosttls.config.TakenTicket;
import org.almosttls.config.Ticket;
import org.almosttls.config.TicketAge;
import org.almosttls.crypto.Secret;
import org.almosttls.extension.MaxEarlyData;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.message.NewSessionTicket13;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.CompressionMethod;
import org.almosttls.registry.ProtocolVersion;

/** The session that begins in RFC 8448 §3 and goes on in its §4, as both ends know it, and a server's store of it. */
public final class Rfc8448Session implements SessionStore {

    /** RFC 8448 §3: what is derived of the resumption secret and the ticket's nonce. */
    private static final byte[] KEY = hex("4ecd0eb6ec3b4d87f5d6028f922ca4c5851a277fd41311c9e62d2c9492e1c4f3");

    private final Instant begun;
    private final int tickets;
    private Optional<ResumableSession> issued = Optional.empty();

    /** @param tickets how many each client is given */
    Rfc8448Session(Instant begun, int tickets) {
        this.begun = begun;
        this.tickets = tickets;
    }

    /** @param begun when either end has sent or received the ticket */
    public static ResumableSession since(Instant begun) throws TlsAlertException {
        var message = told();
        var ticket = new Ticket(
                message.ticket(),
                Optional.of(begun.plusSeconds(message.lifetime())),
                Optional.of(new TicketAge(begun, message.ageAdd())),
                message.extensions().find(MaxEarlyData.class).orElseThrow().octets());
        var session = new NegotiatedSession(
                ProtocolVersion.TLS_1_3,
                CipherSuite.TLS_AES_128_GCM_SHA256,
                new byte[32],
                begun,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                true,
                RecordSizes.MAX_PLAINTEXT,
                CompressionMethod.NULL,
                List.of(),
                List.of(),
                List.of("server"),
                Optional.empty(),
                List.of());
        return new ResumableSession(session, Secret.owning(KEY.clone()), Optional.of(ticket));
    }

    static NewSessionTicket13 told() throws TlsAlertException {
        return (NewSessionTicket13)
                HandshakeDecoder.TLS_1_3.decode(new Rfc8448Trace("simple").message("NewSessionTicket"));
    }

    /** RFC 8448 §4: what the client sends before the server has answered. */
    static byte[] earlyContent() {
        return hex("414243444546");
    }

    /** What a ticket was asked for, with its key, if one was. */
    Optional<ResumableSession> issued() {
        return issued;
    }

    @Override
    public boolean usesTickets() {
        return true;
    }

    @Override
    public int ticketsForEach() {
        return tickets;
    }

    @Override
    public Optional<TakenTicket> take(byte[] ticket) {
        try {
            return Arrays.equals(ticket, told().ticket())
                    ? Optional.of(new TakenTicket(since(begun), false))
                    : Optional.empty();
        } catch (TlsAlertException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public Ticket issue(ResumableSession session) {
        issued = Optional.of(session.copy());
        try {
            return new Ticket(
                    told().ticket(),
                    Optional.of(begun.plusSeconds(told().lifetime())),
                    session.ticket().flatMap(Ticket::age));
        } catch (TlsAlertException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public NewSessions newSessions() {
        return NewSessions.KEPT;
    }

    @Override
    public Optional<ResumableSession> find(byte[] id) {
        return Optional.empty();
    }

    @Override
    public Optional<ResumableSession> toOffer(Predicate<ResumableSession> fits) {
        return Optional.empty();
    }

    @Override
    public void keep(ResumableSession finished) {
        // Only what is in the trace.
    }

    @Override
    public void forget(byte[] id) {
        // Only what is in the trace.
    }
}
