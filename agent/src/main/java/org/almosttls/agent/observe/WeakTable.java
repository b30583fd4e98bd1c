package org.almosttls.agent.observe;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** From objects of others, told apart by identity and not kept alive, to what we know of them. Looking up allocates nothing. */
final class WeakTable<V> {

    private final Map<Object, V> values = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();
    private final PerThread<Sought> sought = new PerThread<>(Sought::new);

    /** Keeps what is there already. */
    void putIfAbsent(Object key, V value) {
        for (Reference<?> next = gone.poll(); next != null; next = gone.poll()) values.remove(next);
        if (get(key) == null) values.putIfAbsent(new Key(key, gone), value);
    }

    /** Null if there is none. */
    V get(Object key) {
        Sought now = sought.get();
        now.object = key;
        V value = values.get(now);
        now.object = null;
        return value;
    }

    /** How many there are, those that nobody has noticed to be gone included. */
    int size() {
        return values.size();
    }

    private static final class Key extends WeakReference<Object> {

        private final int hash;

        Key(Object object, ReferenceQueue<Object> gone) {
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
            Object own = get();
            if (own == null) return false;
            return other instanceof Key key ? key.get() == own : other instanceof Sought now && now.object == own;
        }
    }

    private static final class Sought {

        private Object object;

        @Override
        public int hashCode() {
            return System.identityHashCode(object);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.get() == object;
        }
    }
}
