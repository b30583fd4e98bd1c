package org.almosttls.ticket;

import java.util.Optional;

/** The keys of a server's tickets; any thread may ask. What they hand out is a copy, for the caller to close. */
public interface TicketKeys {

    /** For new tickets; nothing if there is none at all. */
    Optional<TicketKey> sealing();

    /** For a ticket that comes back. */
    Optional<TicketKey> named(byte[] name);

    /** These, and those where these have nothing. */
    default TicketKeys or(TicketKeys those) {
        var these = this;
        return new TicketKeys() {
            @Override
            public Optional<TicketKey> sealing() {
                return these.sealing().or(those::sealing);
            }

            @Override
            public Optional<TicketKey> named(byte[] name) {
                return these.named(name).or(() -> those.named(name));
            }
        };
    }
}
