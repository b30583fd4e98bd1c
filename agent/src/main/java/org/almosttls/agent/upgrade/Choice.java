package org.almosttls.agent.upgrade;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/** A connection's way, which is chosen once. */
final class Choice {

    /** Held by whoever chooses without a look at what the network brings. */
    final ReentrantLock lock = new ReentrantLock();

    private final long beginner = Thread.currentThread().getId();
    private final AtomicReference<Way> way = new AtomicReference<>();
    private final CountDownLatch made = new CountDownLatch(1);

    /** Whether it is another thread that has first asked for the connection's streams. */
    boolean isBegunElsewhere() {
        return Thread.currentThread().getId() != beginner;
    }

    /** Null until it is made: this is asked for at each read and write. */
    Way orNull() {
        return way.get();
    }

    Optional<Way> now() {
        return Optional.ofNullable(way.get());
    }

    /** The one that counts, which is that of whoever was first. */
    Way make(Way chosen) {
        if (way.compareAndSet(null, chosen)) made.countDown();
        return way.get();
    }

    /** Whether another thread makes it meanwhile. */
    boolean isMadeWithin(long millis) {
        try {
            return made.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
