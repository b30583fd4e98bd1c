package org.almosttls.trace;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What was found out of the octets that were asked for lately; peers choose them, so that only so many are kept. */
final class Known<T> {

    private static final int MOST = 50;
    private static final int LONGEST = 1 << 13;

    private final Map<ByteBuffer, T> all = new LinkedHashMap<>(MOST, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, T> eldest) {
            return size() > MOST;
        }
    };

    synchronized Optional<T> find(byte[] octets) {
        return Optional.ofNullable(all.get(ByteBuffer.wrap(octets)));
    }

    /** @param octets which must not change any more */
    synchronized void keep(byte[] octets, T found) {
        if (octets.length <= LONGEST) all.put(ByteBuffer.wrap(octets), found);
    }
}
