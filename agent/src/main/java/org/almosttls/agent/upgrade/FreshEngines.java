package org.almosttls.agent.upgrade;

import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.almosttls.agent.weak.WeakTable;

/**
 * Engines by the connection that they are probably for: that of the client whose address they are told, or else the one that
 * the same thread has accepted, or given to a selector, just before; or the first that it reads thereafter, if it waits for it.
 */
final class FreshEngines {

    private static final int MOST = 1024;
    private static final int MOST_OF_ONE = 8;
    /** RFC 5246 §A.5 in JSSE's words: nothing is agreed yet. */
    private static final String NO_SUITE = "SSL_NULL_WITH_NULL_NULL";

    /** The channel that the thread has taken up, or an engine that it has made without; an array, as {@link Aside} has one. */
    private static final ThreadLocal<Object[]> LATEST = ThreadLocal.withInitial(() -> new Object[1]);

    private final WeakTable<SocketChannel, List<WeakReference<SSLEngine>>> byChannel = new WeakTable<>();
    private final Map<String, WeakReference<SSLEngine>> byPeer = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, WeakReference<SSLEngine>> eldest) {
            return size() > MOST;
        }
    };

    /** By this thread: what it makes from now on may be for this one. */
    void takesUp(SocketChannel channel) {
        LATEST.get()[0] = new WeakReference<>(channel);
    }

    /** This thread turns to something else. */
    void turnsAway() {
        Object[] latest = LATEST.get();
        if (latest[0] != null) latest[0] = null;
    }

    void made(SSLEngine engine, String host, int port) {
        Object latest = latest();
        if (host != null && port > 0) {
            synchronized (byPeer) {
                byPeer.put(key(host, port), new WeakReference<>(engine));
            }
        } else if (latest instanceof SocketChannel channel) {
            made(engine, channel);
        } else {
            LATEST.get()[0] = new WeakReference<>(engine);
        }
    }

    /** By one thread. Some are wrapped in others, or are for clients. */
    private void made(SSLEngine engine, SocketChannel channel) {
        List<WeakReference<SSLEngine>> before = byChannel.get(channel);
        List<WeakReference<SSLEngine>> all = before == null ? new CopyOnWriteArrayList<>() : before;
        if (before == null) byChannel.put(channel, all);
        if (all.size() < MOST_OF_ONE) all.add(new WeakReference<>(engine));
    }

    private static Object latest() {
        return LATEST.get()[0] instanceof WeakReference<?> latest ? latest.get() : null;
    }

    private static String key(String host, int port) {
        return host + " " + port;
    }

    /** Whether there is one, a server's, which has agreed on nothing yet. To be asked once. */
    boolean areFor(SocketChannel channel, InetSocketAddress peer) {
        boolean ofThread = channel.isBlocking() && latest() instanceof SSLEngine engine && isFresh(engine);
        turnsAway();
        return isAnyFresh(byChannel.get(channel)) || isFresh(ofPeer(peer)) || ofThread;
    }

    private static boolean isAnyFresh(List<WeakReference<SSLEngine>> engines) {
        return engines != null && engines.stream().anyMatch(engine -> isFresh(engine.get()));
    }

    /** By the name, if somebody has looked it up, or by the number. */
    private SSLEngine ofPeer(InetSocketAddress peer) {
        synchronized (byPeer) {
            WeakReference<SSLEngine> named = byPeer.remove(key(peer.getHostString(), peer.getPort()));
            WeakReference<SSLEngine> numbered =
                    byPeer.remove(key(peer.getAddress().getHostAddress(), peer.getPort()));
            WeakReference<SSLEngine> either = numbered == null ? named : numbered;
            return either == null ? null : either.get();
        }
    }

    private static boolean isFresh(SSLEngine engine) {
        if (engine == null || engine.getUseClientMode()) return false;
        return hasNoSuite(engine.getSession()) && hasNoSuite(handshakeSession(engine));
    }

    /** Null if there is none, or if nobody knows. */
    private static SSLSession handshakeSession(SSLEngine engine) {
        try {
            return engine.getHandshakeSession();
        } catch (UnsupportedOperationException nobodyKnows) {
            return null;
        }
    }

    private static boolean hasNoSuite(SSLSession session) {
        return session == null || session.getCipherSuite().equals(NO_SUITE);
    }
}
