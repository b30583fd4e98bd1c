package org.almosttls.agent.weak;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * From objects of others, told apart by identity and not kept alive, to what we know of them. Looking up allocates nothing,
 * waits for nobody and leaves nothing in the thread.
 */
public final class WeakTable<K, V> {

    private static final int FEWEST_CHAINS = 16;

    private final ReferenceQueue<K> gone = new ReferenceQueue<>();
    private volatile AtomicReferenceArray<Entry<K, V>> chains = new AtomicReferenceArray<>(FEWEST_CHAINS);
    private int size;

    /** Null if there is none: who asks at each record has no Optional made. */
    public V get(K key) {
        Entry<K, V> found = find(chains, key);
        return found == null ? null : found.value;
    }

    private static <K, V> Entry<K, V> find(AtomicReferenceArray<Entry<K, V>> among, K key) {
        Entry<K, V> entry = among.get(chain(System.identityHashCode(key), among));
        while (entry != null && !entry.refersTo(key)) entry = entry.next;
        return entry;
    }

    private static int chain(int hash, AtomicReferenceArray<?> among) {
        return (hash ^ hash >>> 16) & among.length() - 1;
    }

    /** Instead of what is there already. */
    public synchronized void put(K key, V value) {
        forgetTheGone();
        if (size >= chains.length()) grow();
        Entry<K, V> before = find(chains, key);
        add(chains, new Entry<>(key, gone, value));
        size++;
        if (before != null) remove(before);
    }

    /** Keeps what is there already. */
    public synchronized void putIfAbsent(K key, V value) {
        if (find(chains, key) == null) put(key, value);
    }

    public synchronized void remove(K key) {
        Entry<K, V> found = find(chains, key);
        if (found != null) remove(found);
    }

    /** Those that are still there. */
    public synchronized List<K> keys() {
        List<K> keys = new ArrayList<>();
        for (int i = 0; i < chains.length(); i++) {
            for (Entry<K, V> entry = chains.get(i); entry != null; entry = entry.next) {
                K key = entry.get();
                if (key != null) keys.add(key);
            }
        }
        return keys;
    }

    /** How many there are. */
    public synchronized int size() {
        forgetTheGone();
        return size;
    }

    private void forgetTheGone() {
        for (Reference<? extends K> next = gone.poll(); next != null; next = gone.poll()) remove((Entry<?, ?>) next);
    }

    /** Who is at it goes on to the next, as if it were there. */
    private void remove(Entry<?, ?> entry) {
        int chain = chain(entry.hash, chains);
        Entry<K, V> before = null;
        Entry<K, V> at = chains.get(chain);
        while (at != null && at != entry) {
            before = at;
            at = at.next;
        }
        if (at == null) return;
        if (before == null) chains.set(chain, at.next);
        else before.next = at.next;
        size--;
    }

    /** Others may be looking up, and still do so among the entries as they are. */
    private void grow() {
        AtomicReferenceArray<Entry<K, V>> more = new AtomicReferenceArray<>(2 * chains.length());
        int left = 0;
        for (int i = 0; i < chains.length(); i++) {
            for (Entry<K, V> entry = chains.get(i); entry != null; entry = entry.next) {
                K key = entry.get();
                if (key == null) continue;
                add(more, new Entry<>(key, gone, entry.value));
                left++;
            }
        }
        chains = more;
        size = left;
    }

    private static <K, V> void add(AtomicReferenceArray<Entry<K, V>> to, Entry<K, V> entry) {
        int chain = chain(entry.hash, to);
        entry.next = to.get(chain);
        to.set(chain, entry);
    }

    private static final class Entry<K, V> extends WeakReference<K> {

        private final int hash;
        private final V value;
        private volatile Entry<K, V> next;

        Entry(K key, ReferenceQueue<K> gone, V value) {
            super(key, gone);
            this.hash = System.identityHashCode(key);
            this.value = value;
        }
    }
}
