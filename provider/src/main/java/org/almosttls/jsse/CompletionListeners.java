package org.almosttls.jsse;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.HandshakeCompletedEvent;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLSocket;

/** Who wants to know when a socket's handshake is finished; they are told on a thread of their own, as JSSE says. */
final class CompletionListeners {

    private final CopyOnWriteArrayList<HandshakeCompletedListener> listeners = new CopyOnWriteArrayList<>();

    /** Who is added again is told once all the same. */
    void add(HandshakeCompletedListener listener) {
        if (listener == null) throw new IllegalArgumentException("listener is null");
        listeners.addIfAbsent(listener);
    }

    void remove(HandshakeCompletedListener listener) {
        if (listener == null) throw new IllegalArgumentException("listener is null");
        if (!listeners.remove(listener)) throw new IllegalArgumentException("listener not registered");
    }

    void tell(SSLSocket socket, AlmostSslSession session) {
        if (listeners.isEmpty()) return;
        var event = new HandshakeCompletedEvent(socket, session);
        var told = List.copyOf(listeners);
        new Thread(() -> told.forEach(each -> each.handshakeCompleted(event)), "HandshakeCompletedNotify-Thread")
                .start();
    }
}
