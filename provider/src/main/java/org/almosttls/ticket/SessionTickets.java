package org.almosttls.ticket;

import java.util.Optional;
import java.util.function.Supplier;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.Randomness;

/** Makes tickets (RFC 5077 §4) and reads those that come back. */
public final class SessionTickets {

    /** More than any that is made here. */
    private static final int MOST_OCTETS = 0x3000;

    private final TicketKeys keys;
    private final Supplier<CryptoBackend> crypto;
    private final Randomness randomness;

    /**
     * What a ticket held.
     *
     * @param isOutdated whether it is under another key than new tickets are
     */
    public record Read(SessionState state, boolean isOutdated) {}

    public SessionTickets(TicketKeys keys, Supplier<CryptoBackend> crypto, Randomness randomness) {
        this.keys = keys;
        this.crypto = crypto;
        this.randomness = randomness;
    }

    /** Nothing if the session is too large for a ticket; the state stays the caller's to close. */
    public Optional<byte[]> make(SessionState state) {
        var encoded = state.encode();
        if (encoded.isEmpty()) return Optional.empty();
        try (var key = keys.sealing().orElseThrow()) {
            return Optional.of(new TicketProtection(crypto.get()).seal(key, encoded.get(), randomness));
        }
    }

    /**
     * RFC 5077 §3.2: nothing if the ticket is of others, expired with its key, or changed; that is no violation. What is
     * returned is the caller's to close.
     */
    public Optional<Read> read(byte[] ticket) {
        if (ticket.length > MOST_OCTETS) return Optional.empty();
        var name = TicketProtection.keyName(ticket);
        var named = name.flatMap(keys::named);
        if (named.isEmpty()) return Optional.empty();
        try (var key = named.get()) {
            return new TicketProtection(crypto.get())
                    .open(key, ticket)
                    .flatMap(SessionState::decode)
                    .map(state -> new Read(state, isOutdated(key)));
        }
    }

    private boolean isOutdated(TicketKey key) {
        try (var now = keys.sealing().orElseThrow()) {
            return !now.isNamed(key.name());
        }
    }
}
