package org.almosttls.agent.observe;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;

/**
 * Something of each thread's own. What a {@code ThreadLocal} has is kept by the thread, also when nobody can ask for it
 * any more, and its class with it; this is forgotten with the agent. Each record asks: who has asked before is found at a
 * place that its thread's hash tells, unless another thread with the same place has asked since.
 */
final class PerThread<T> {

    private static final int PLACES = 256;

    private final Supplier<T> source;
    private final Map<Thread, Own<T>> all = Collections.synchronizedMap(new WeakHashMap<>());
    private final ThreadLocal<Reference<Own<T>>> own = new ThreadLocal<>();
    private final Own<?>[] recent = new Own<?>[PLACES];

    /** What a thread has. */
    private static final class Own<T> extends WeakReference<Thread> {

        private final T value;

        Own(Thread thread, T value) {
            super(thread);
            this.value = value;
        }
    }

    PerThread(Supplier<T> source) {
        this.source = source;
    }

    T get() {
        Thread thread = Thread.currentThread();
        int place = System.identityHashCode(thread) & PLACES - 1;
        // Others write here too, and nobody waits for that: of another thread is whatever does not say that it is of
        // this.
        @SuppressWarnings("unchecked")
        Own<T> there = (Own<T>) recent[place];
        if (there != null && there.refersTo(thread)) return there.value;
        Reference<Own<T>> known = own.get();
        Own<T> mine = known == null ? null : known.get();
        if (mine == null) mine = first(thread);
        recent[place] = mine;
        return mine.value;
    }

    private Own<T> first(Thread thread) {
        Own<T> mine = new Own<>(thread, source.get());
        all.put(thread, mine);
        own.set(new WeakReference<>(mine));
        return mine;
    }
}
