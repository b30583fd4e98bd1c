package org.almosttls.trace;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What was found out of what was asked for lately; peers choose that, so that only so much is kept. */
final class Known<K, T> {

    private static final int MOST = 50;

    private final Map<K, T> all = new LinkedHashMap<>(MOST, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<K, T> eldest) {
            return size() > MOST;
        }
    };

    /** Octets that do not change any more. Their hash is that of some of them: all take longer than finding one of a few. */
    record Octets(byte[] all) {

        private static final int LONGEST = 1 << 13;
        private static final int SAMPLES = 32;

        /** Whether they are short enough to be kept. */
        boolean areFew() {
            return all.length <= LONGEST;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Octets octets && Arrays.equals(all, octets.all);
        }

        @Override
        public int hashCode() {
            int hash = all.length;
            for (int i = all.length - 1; i >= 0; i -= 1 + all.length / SAMPLES) hash = 31 * hash + all[i];
            return hash;
        }

        @Override
        public String toString() {
            return all.length + " octets";
        }
    }

    synchronized Optional<T> find(K asked) {
        return Optional.ofNullable(all.get(asked));
    }

    synchronized void keep(K asked, T found) {
        all.put(asked, found);
    }
}
