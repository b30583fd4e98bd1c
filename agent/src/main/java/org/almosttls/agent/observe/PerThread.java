package org.almosttls.agent.observe;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;

/**
 * Something of each thread's own. What a {@code ThreadLocal} has is kept by the thread, also when nobody can ask for it
 * any more, and its class with it; this is forgotten with the agent.
 */
final class PerThread<T> {

    private final Supplier<T> source;
    private final Map<Thread, T> all = Collections.synchronizedMap(new WeakHashMap<>());
    private final ThreadLocal<Reference<T>> own = new ThreadLocal<>();

    PerThread(Supplier<T> source) {
        this.source = source;
    }

    T get() {
        Reference<T> known = own.get();
        T mine = known == null ? null : known.get();
        return mine == null ? first() : mine;
    }

    private T first() {
        T mine = source.get();
        all.put(Thread.currentThread(), mine);
        own.set(new WeakReference<>(mine));
        return mine;
    }
}
