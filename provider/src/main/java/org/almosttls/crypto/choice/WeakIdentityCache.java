package org.almosttls.crypto.choice;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Remembers what was made of an object for as long as that very object lives; values must not refer to it. */
final class WeakIdentityCache<K, V> {

    private final Map<Reference<K>, V> values = new ConcurrentHashMap<>();
    private final ReferenceQueue<K> dead = new ReferenceQueue<>();

    /** What was made of {@code key}; when two threads ask at first, both may make it. */
    V of(K key, Function<K, V> make) {
        for (var gone = dead.poll(); gone != null; gone = dead.poll()) values.remove(gone);
        V known = values.get(new Identity<>(key, null));
        if (known != null) return known;
        V made = make.apply(key);
        values.put(new Identity<>(key, dead), made);
        return made;
    }

    int size() {
        return values.size();
    }

    private static final class Identity<K> extends WeakReference<K> {

        private final int hash;

        Identity(K key, ReferenceQueue<K> queue) {
            super(key, queue);
            hash = System.identityHashCode(key);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof Identity<?> identity && get() != null && get() == identity.get();
        }
    }
}
