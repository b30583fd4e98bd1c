package org.almosttls.agent.choice;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import javax.net.ssl.HandshakeCompletedEvent;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLSocket;
import org.almosttls.agent.options.End;

/** A client's socket that is not connected yet: whose it is will be known when it is. */
final class UndecidedSocket extends StandIn {

    private final Stacks stacks;
    private final Map<HandshakeCompletedListener, HandshakeCompletedListener> listeners = new ConcurrentHashMap<>();
    private BiFunction<SSLSocket, List<String>, String> selector;

    /** @param candidates of the stacks, in their order */
    UndecidedSocket(Stacks stacks, List<SSLSocket> candidates) {
        super(candidates);
        this.stacks = stacks;
    }

    @Override
    public void connect(SocketAddress peer) throws IOException {
        connect(peer, 0);
    }

    @Override
    public void connect(SocketAddress peer, int timeout) throws IOException {
        decide(peer);
        socket().connect(peer, timeout);
    }

    private void decide(SocketAddress peer) throws IOException {
        if (candidates().size() == 1) return;
        boolean asGuessed = stacks.of(End.of(peer)) == stacks.both().get(0);
        SSLSocket guessed = socket();
        SocketAddress local = guessed.isBound() ? guessed.getLocalSocketAddress() : null;
        become(asGuessed ? guessed : candidates().get(1));
        if (!asGuessed && local != null) socket().bind(local);
    }

    /** Two cannot have one address, so only the likelier one is bound, and makes room if it is not chosen. */
    @Override
    public void bind(SocketAddress local) throws IOException {
        socket().bind(local);
    }

    /** The event says that it is this socket which has completed its handshake. */
    @Override
    public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {
        if (listener == null) throw new IllegalArgumentException("listener is null");
        HandshakeCompletedListener ours = listeners.computeIfAbsent(
                listener,
                theirs -> event -> theirs.handshakeCompleted(new HandshakeCompletedEvent(this, event.getSession())));
        candidates().forEach(each -> each.addHandshakeCompletedListener(ours));
    }

    @Override
    public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {
        HandshakeCompletedListener ours = listener == null ? null : listeners.remove(listener);
        if (ours == null) throw new IllegalArgumentException("listener not registered");
        candidates().forEach(each -> each.removeHandshakeCompletedListener(ours));
    }

    @Override
    public void setHandshakeApplicationProtocolSelector(BiFunction<SSLSocket, List<String>, String> chosen) {
        selector = chosen;
        BiFunction<SSLSocket, List<String>, String> ours =
                chosen == null ? null : (socket, names) -> chosen.apply(this, names);
        candidates().forEach(each -> each.setHandshakeApplicationProtocolSelector(ours));
    }

    @Override
    public BiFunction<SSLSocket, List<String>, String> getHandshakeApplicationProtocolSelector() {
        return selector;
    }
}
