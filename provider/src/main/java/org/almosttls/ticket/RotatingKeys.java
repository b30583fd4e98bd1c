package org.almosttls.ticket;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;
import org.almosttls.config.Clock;
import org.almosttls.crypto.Randomness;

/**
 * Keys of this JVM's own, which it never tells. RFC 5077 §5.5: whoever learns a key can read what was said under its
 * tickets, so each makes tickets for a while only, and is erased when the last of its sessions is over.
 */
public final class RotatingKeys implements TicketKeys {

    /** Of one key, for making tickets. */
    private static final Duration LONGEST_TERM = Duration.ofHours(12);

    private static final Duration SHORTEST_TERM = Duration.ofMinutes(1);

    /** Where sessions may live for ever, their tickets do not. */
    private static final Duration NO_TIMEOUT = Duration.ofDays(7);

    private static final int MOST = 64;

    private final Randomness randomness;
    private final Clock clock;
    private final Supplier<Duration> timeout;
    /** The newest first. */
    private final Deque<Aged> keys = new ArrayDeque<>();

    private record Aged(TicketKey key, Instant born) {}

    /** @param timeout of sessions, asked for each time; zero if there is none */
    public RotatingKeys(Randomness randomness, Clock clock, Supplier<Duration> timeout) {
        this.randomness = randomness;
        this.clock = clock;
        this.timeout = timeout;
    }

    @Override
    public synchronized Optional<TicketKey> sealing() {
        var now = clock.now();
        retire(now);
        boolean isDue = keys.isEmpty() || !now.isBefore(keys.getFirst().born().plus(term()));
        if (isDue) keys.addFirst(new Aged(TicketKey.fresh(randomness), now));
        return Optional.of(keys.getFirst().key().copy());
    }

    @Override
    public synchronized Optional<TicketKey> named(byte[] name) {
        retire(clock.now());
        return keys.stream()
                .map(Aged::key)
                .filter(key -> key.isNamed(name))
                .findFirst()
                .map(TicketKey::copy);
    }

    /** Nothing was made under a key after its term, and what was made last has lived until now. */
    private void retire(Instant now) {
        var age = term().plus(lifetime());
        while (!keys.isEmpty()
                && (keys.size() > MOST || now.isAfter(keys.getLast().born().plus(age))))
            keys.removeLast().key().close();
    }

    private Duration term() {
        var half = lifetime().dividedBy(2);
        if (half.compareTo(LONGEST_TERM) > 0) return LONGEST_TERM;
        return half.compareTo(SHORTEST_TERM) < 0 ? SHORTEST_TERM : half;
    }

    private Duration lifetime() {
        var wanted = timeout.get();
        return wanted.isZero() ? NO_TIMEOUT : wanted;
    }
}
