package org.almosttls.jsse;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.almosttls.config.ResumableSession;

/**
 * What a client has of a session beside the ticket that it offers next: servers of TLS 1.3 give several, each for one
 * use. The newest are used first, so that what is left when one expires has expired as well. Owns their secrets.
 */
final class SpareTickets {

    /** A server may send as many as it likes. */
    private static final int MOST = 8;

    private final Map<ByteBuffer, Deque<ResumableSession>> byId = new HashMap<>();

    /** Takes it over. */
    void keep(ResumableSession one) {
        if (!one.isForOneUse()) {
            one.close();
            return;
        }
        var ofSession = byId.computeIfAbsent(ByteBuffer.wrap(one.session().id()), id -> new ArrayDeque<>());
        ofSession.addFirst(one);
        if (ofSession.size() > MOST) ofSession.removeLast().close();
    }

    /** For the caller to close. */
    Optional<ResumableSession> take(ByteBuffer id) {
        var ofSession = byId.get(id);
        if (ofSession == null) return Optional.empty();
        var newest = ofSession.removeFirst();
        if (ofSession.isEmpty()) byId.remove(id);
        return Optional.of(newest);
    }

    void drop(ByteBuffer id) {
        Optional.ofNullable(byId.remove(id)).ifPresent(all -> all.forEach(ResumableSession::close));
    }
}
