package org.almosttls.jsse;

import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The last sessions that were ended before their time: a server cannot take its tickets back, so it remembers which of
 * them it does not want to see again (RFC 5246 §7.2.2). Not for other JVMs, nor for ever.
 */
final class EndedSessions {

    private static final int MOST = 20480;

    private final Set<ByteBuffer> ids = new LinkedHashSet<>();

    void add(byte[] id) {
        if (id.length > 0) ids.add(ByteBuffer.wrap(id.clone()));
        if (ids.size() > MOST) ids.remove(ids.iterator().next());
    }

    boolean has(byte[] id) {
        return ids.contains(ByteBuffer.wrap(id));
    }
}
