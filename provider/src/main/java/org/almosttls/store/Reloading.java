package org.almosttls.store;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.almosttls.config.Clock;
import org.almosttls.config.Reload;

/**
 * The stores of a provider that are read again when their files change. It has no thread: files are looked at when a
 * connection begins and when a manager is asked.
 */
public final class Reloading {

    private final Supplier<Optional<Reload>> wanted;
    private final Clock clock;
    private final Consumer<String> say;
    private final List<WeakReference<Reloaded<?>>> watched = new CopyOnWriteArrayList<>();
    private final AtomicLong changes = new AtomicLong();

    /**
     * @param wanted asked when a store is opened, and at each look at its file
     * @param say told in one line what became of a file that has changed
     */
    public Reloading(Supplier<Optional<Reload>> wanted, Clock clock, Consumer<String> say) {
        this.wanted = wanted;
        this.clock = clock;
        this.say = say;
    }

    /** Stores stay as they are. */
    public static Reloading never() {
        return new Reloading(Optional::empty, Clock.system(), line -> {});
    }

    public Optional<Reload> wanted() {
        return wanted.get();
    }

    /** Also where no manager will be asked, since a session is resumed. */
    public void look() {
        for (var each : watched) {
            var store = each.get();
            if (store == null) watched.remove(each);
            else store.current();
        }
    }

    void watch(Reloaded<?> store) {
        watched.add(new WeakReference<>(store));
    }

    /**
     * What tells whether anything has changed since: what was judged or shown under another number was under other
     * stores. Odd while something changes.
     */
    public long changes() {
        return changes.get();
    }

    public synchronized void change(Runnable change) {
        changes.incrementAndGet();
        try {
            change.run();
        } finally {
            changes.incrementAndGet();
        }
    }

    boolean isDue(long nanoTime) {
        return clock.nanoTime() - nanoTime >= 0;
    }

    /** When a look that is taken now holds good no longer. */
    long due() {
        return clock.nanoTime() + wanted().map(it -> it.every().toNanos()).orElse(0L);
    }

    public void say(String line) {
        say.accept("reload: " + line);
    }
}
