package org.almosttls.jsse;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;

/** The finished sessions of a context that have an id, for one role; the least recently used go first. */
final class AlmostSslSessions implements SSLSessionContext {

    /** The platform's bounds. */
    private static final int DEFAULT_SIZE = 20480;

    private static final int DEFAULT_TIMEOUT_SECONDS = 86400;

    private final Map<ByteBuffer, AlmostSslSession> byId = new LinkedHashMap<>(16, 0.75f, true);
    private int size = Integer.getInteger("javax.net.ssl.sessionCacheSize", DEFAULT_SIZE);
    private int timeoutSeconds = DEFAULT_TIMEOUT_SECONDS;

    synchronized void add(AlmostSslSession session) {
        if (session.getId().length == 0) return;
        byId.put(ByteBuffer.wrap(session.getId()), session);
        shrink();
    }

    synchronized void remove(AlmostSslSession session) {
        byId.remove(ByteBuffer.wrap(session.getId()), session);
    }

    @Override
    public synchronized SSLSession getSession(byte[] id) {
        if (id == null) throw new NullPointerException("session id cannot be null");
        var session = byId.get(ByteBuffer.wrap(id));
        return session == null || isOver(session) ? null : session;
    }

    @Override
    public synchronized Enumeration<byte[]> getIds() {
        byId.values().removeIf(this::isOver);
        return Collections.enumeration(
                List.copyOf(byId.values()).stream().map(AlmostSslSession::getId).toList());
    }

    @Override
    public synchronized void setSessionTimeout(int seconds) {
        if (seconds < 0) throw new IllegalArgumentException("timeout is negative");
        timeoutSeconds = seconds;
        byId.values().removeIf(this::isOver);
    }

    @Override
    public synchronized int getSessionTimeout() {
        return timeoutSeconds;
    }

    @Override
    public synchronized void setSessionCacheSize(int size) {
        if (size < 0) throw new IllegalArgumentException("size is negative");
        this.size = size;
        shrink();
    }

    @Override
    public synchronized int getSessionCacheSize() {
        return size;
    }

    /** Zero stands for no limit, as JSSE has it. */
    private boolean isOver(AlmostSslSession session) {
        return timeoutSeconds > 0 && System.currentTimeMillis() - session.getCreationTime() > timeoutSeconds * 1000L;
    }

    private void shrink() {
        Iterator<AlmostSslSession> oldest = byId.values().iterator();
        for (int excess = size == 0 ? 0 : byId.size() - size; excess > 0; excess--) {
            oldest.next();
            oldest.remove();
        }
    }
}
