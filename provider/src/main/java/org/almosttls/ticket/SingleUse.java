package org.almosttls.ticket;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.almosttls.config.TicketRegister;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.registry.HashAlgorithm;

/**
 * RFC 8446 §8.1: which tickets of one process are still to be used. It is in memory and bounded: what was given before it
 * began, by others, or so long ago that it was dropped is not known, so that nothing comes twice whatever happens.
 */
public final class SingleUse implements TicketRegister {

    /** Some 100 octets each. */
    static final int MOST = 20_000;

    private final Supplier<CryptoBackend> crypto;
    private final Map<ByteBuffer, Instant> unused = new LinkedHashMap<>();

    public SingleUse(Supplier<CryptoBackend> crypto) {
        this.crypto = crypto;
    }

    @Override
    public void give(byte[] ticket, Instant until) {
        var mark = markOf(ticket);
        synchronized (unused) {
            unused.put(mark, until);
            if (unused.size() > MOST) dropOldest();
        }
    }

    private void dropOldest() {
        var oldest = unused.keySet().iterator();
        oldest.next();
        oldest.remove();
    }

    @Override
    public boolean use(byte[] ticket, Instant now) {
        var mark = markOf(ticket);
        synchronized (unused) {
            var until = unused.remove(mark);
            return until != null && now.isBefore(until);
        }
    }

    private ByteBuffer markOf(byte[] ticket) {
        return ByteBuffer.wrap(crypto.get().hash(HashAlgorithm.SHA256, ticket));
    }
}
