package org.almosttls.store;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is made of the store in a file, and made anew when the file has changed. A file that cannot be used then leaves
 * it as it was, and is tried again at each look. Who finds it changed reads it; others go on meanwhile with what there is.
 */
public final class Reloaded<T> {

    private final StoreFile file;
    private final Maker<T> maker;
    private final Reloading reloading;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile T current;
    private volatile long due;
    /** Of the file as it was when it was read, and what was said of it since. */
    private Known known;

    private record Known(String stamp, String complaint) {}

    /** Makes it of a store. */
    @FunctionalInterface
    public interface Maker<T> {
        T make(KeyStore store) throws GeneralSecurityException;
    }

    /**
     * @param first what there is until the file changes
     * @param stamp of the file before that was made
     */
    public Reloaded(StoreFile file, String stamp, T first, Maker<T> maker, Reloading reloading) {
        this.file = file;
        this.maker = maker;
        this.reloading = reloading;
        this.current = first;
        this.known = new Known(stamp, "");
        this.due = reloading.due();
        reloading.watch(this);
    }

    public T current() {
        if (reloading.isDue(due) && looking.tryLock()) {
            try {
                if (reloading.isDue(due)) look();
            } finally {
                looking.unlock();
            }
        }
        return current;
    }

    private void look() {
        due = reloading.due();
        var stamp = file.stamp();
        if (stamp.equals(known.stamp)) return;
        try {
            var fresh = maker.make(file.load());
            reloading.change(() -> current = fresh);
            known = new Known(stamp, "");
            reloading.say(file.name() + " has changed; new connections use it as it is now");
        } catch (GeneralSecurityException | IOException | RuntimeException unusable) {
            complain(unusable);
        }
    }

    /** Once, however often it is looked at. */
    private void complain(Exception unusable) {
        var why = unusable.getMessage() == null ? unusable.getClass().getSimpleName() : unusable.getMessage();
        if (!why.equals(known.complaint))
            reloading.say(file.name() + " cannot be used: " + why + "; what was read before stays in use");
        known = new Known(known.stamp, why);
    }
}
