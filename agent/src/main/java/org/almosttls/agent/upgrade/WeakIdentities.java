package org.almosttls.agent.upgrade;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Something of ours for each of some objects of others, which are told apart by identity and kept from nothing. */
final class WeakIdentities<K, V> {

    private final Map<Object, V> values = new ConcurrentHashMap<>();
    private final ReferenceQueue<K> gone = new ReferenceQueue<>();

    Optional<V> of(K key) {
        return Optional.ofNullable(values.get(new Asked(key)));
    }

    void put(K key, V value) {
        forgetTheGone();
        values.put(new Key<>(key, gone), value);
    }

    void remove(K key) {
        values.remove(new Asked(key));
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** Those that are still there. */
    @SuppressWarnings("unchecked")
    List<K> keys() {
        forgetTheGone();
        List<K> keys = new ArrayList<>();
        for (Object key : values.keySet()) {
            K object = ((Key<K>) key).get();
            if (object != null) keys.add(object);
        }
        return keys;
    }

    int size() {
        forgetTheGone();
        return values.size();
    }

    private void forgetTheGone() {
        for (Reference<? extends K> key = gone.poll(); key != null; key = gone.poll()) values.remove(key);
    }

    /** Equal to a {@link Key} for the same object. */
    private record Asked(Object object) {

        @Override
        public int hashCode() {
            return System.identityHashCode(object);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key<?> key && key.get() == object;
        }
    }

    private static final class Key<K> extends WeakReference<K> {

        private final int hash;

        Key(K object, ReferenceQueue<K> gone) {
            super(object, gone);
            this.hash = System.identityHashCode(object);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            if (this == other) return true;
            if (other instanceof Asked asked) return get() == asked.object();
            return other instanceof Key<?> key && get() != null && get() == key.get();
        }
    }
}
