package org.almosttls.agent.observe;

import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLSession;
import org.almosttls.agent.boot.Observer;
import org.almosttls.agent.observe.Frames.Frame;
import org.almosttls.agent.weak.WeakTable;
import org.almosttls.config.Clock;
import org.almosttls.event.ConnectionId;
import org.almosttls.event.TlsEvent.HandshakeCompleted;
import org.almosttls.event.TlsEvent.Hidden;
import org.almosttls.event.TlsEvent.Watched;
import org.almosttls.event.TlsEventListener;
import org.almosttls.registry.ProtocolVersion;

/** Watches the engines and sockets of others, and tells of their sessions. */
public final class Observation implements Observer {

    /** What turns up to be watched. */
    public enum Kind {
        ENGINE,
        SOCKET,
        STREAM,
        CHANNEL
    }

    private static final String OURS = "org.almosttls.";
    private static final Clock CLOCK = Clock.system();

    private final WeakTable<Object, WatchedConnection> connections = new WeakTable<>();
    private final PerThread<Frames> frames = new PerThread<>(Frames::new);
    private final Stacks stacks = new Stacks();
    private final Places places = new Places();
    private final TlsEventListener listener;
    private final StackSecrets secrets;
    private final BiConsumer<Kind, Class<?>> turnsUp;

    /**
     * @param listener who is told
     * @param turnsUp hears of the class of each object that comes up
     */
    public Observation(TlsEventListener listener, BiConsumer<Kind, Class<?>> turnsUp) {
        this.listener = listener;
        this.secrets = new StackSecrets(listener, CLOCK);
        this.turnsUp = turnsUp;
    }

    @Override
    public void made(Object engineOrSocket) {
        Class<?> type = engineOrSocket.getClass();
        // Ours tell of themselves.
        if (type.getName().startsWith(OURS)) return;
        var telling = new Telling(ConnectionId.next(), CLOCK, listener);
        connections.putIfAbsent(engineOrSocket, new WatchedConnection(engineOrSocket, telling));
        turnsUp.accept(engineOrSocket instanceof SSLEngine ? Kind.ENGINE : Kind.SOCKET, type);
        if (engineOrSocket instanceof SSLEngine) looksAtChannels();
    }

    /** A server may read a ClientHello before it makes its first engine, but not before it has a context. */
    @Override
    public void provider(Class<?> innards, String name) {
        stacks.add(innards, name);
        looksAtChannels();
    }

    private void looksAtChannels() {
        turnsUp.accept(Kind.CHANNEL, SocketChannel.class);
    }

    @Override
    public void derives(Object derivation, Object handshake) {
        seen(() -> secrets.derives(derivation, handshake));
    }

    @Override
    public void derived(Object derivation, String name, Object secret) {
        secrets.derived(derivation, name, secret);
    }

    @Override
    public void masterSecret(Object handshake, Object secret) {
        seen(() -> secrets.masterSecret(handshake, secret));
    }

    @Override
    public void secrets(Object context) {
        seen(() -> secrets.secrets(context));
    }

    /** Something that another version of a stack may not have. */
    private interface Look {
        void run() throws ReflectiveOperationException;
    }

    private static void seen(Look look) {
        try {
            look.run();
        } catch (ReflectiveOperationException otherShape) {
            throw new IllegalStateException(otherShape);
        }
    }

    @Override
    public void stream(Object socket, Object stream) {
        WatchedConnection connection = connections.get(socket);
        if (connection == null) return;
        connections.putIfAbsent(stream, connection);
        turnsUp.accept(Kind.STREAM, stream.getClass());
    }

    @Override
    public void engineEnters(Object engine, Object network, int offset, int length) {
        Frames mine = frames.get();
        if (mine.isBusy()) return;
        Frame frame = mine.push(connections.get(engine));
        if (frame.owner() != null && !frame.isNested()) frame.lookAt(network, offset, length);
    }

    @Override
    public void engineLeaves(Object engine, boolean sends, Object result, Throwable thrown) {
        Frames mine = frames.get();
        if (mine.isBusy()) return;
        Frame frame = mine.pop();
        if (frame == null) return;
        mine.busy(true);
        try {
            if (frame.owner() != null && !frame.isNested()) moved(mine, frame, sends, result, thrown);
        } finally {
            mine.busy(false);
            mine.release(frame);
        }
    }

    private void moved(Frames mine, Frame frame, boolean sends, Object result, Throwable thrown) {
        WatchedConnection worker = frame.owner().worker();
        if (thrown != null) {
            if (worker == frame.owner() && !sends && Complaint.isMeant(thrown)) frame.refused(worker.received());
            fails(mine, worker, thrown);
        } else if (worker == frame.owner()) moved(mine, frame, sends, (SSLEngineResult) result);
        if (worker.face() instanceof SSLEngine engine && worker.hasFailed()) closesIfDone(worker, engine);
    }

    private void moved(Frames mine, Frame frame, boolean sends, SSLEngineResult result) {
        WatchedConnection connection = frame.owner();
        int network = sends ? result.bytesProduced() : result.bytesConsumed();
        int application = sends ? result.bytesConsumed() : result.bytesProduced();
        WatchedDirection direction = sends ? connection.sent() : connection.received();
        long before = direction.applicationRecords();
        if (network > 0) {
            opens(mine, connection);
            frame.passed(direction, network);
            if (connection.route().isSought()) places(connection);
        }
        if (!sends && network == 0 && !connection.isEstablished()) looksAtFirst(mine, frame);
        boolean finished = result.getHandshakeStatus() == HandshakeStatus.FINISHED;
        if (finished || application > 0 && !connection.isEstablished()) establishes(connection);
        // What ends a handshake of TLS 1.3 looks like application data.
        long records = finished ? 1 : direction.applicationRecords() - before;
        if (application > 0 && sends) connection.flow().sent(application, records);
        if (application > 0 && !sends) connection.flow().received(application, records);
        if (result.getStatus() == Status.CLOSED) ends(connection, sends, network);
    }

    /** A stack may refuse a peer's first octets without taking them, and say so later or never. */
    private void looksAtFirst(Frames mine, Frame frame) {
        WatchedConnection connection = frame.owner();
        boolean over = connection.face() instanceof SSLEngine engine && engine.isOutboundDone();
        if (!frame.refuses(connection.received()) || !over) return;
        opens(mine, connection);
        connection.fails(Complaint.ofForeign());
    }

    private void ends(WatchedConnection connection, boolean sends, int network) {
        if (!sends && !connection.flow().isCutOff()) connection.flow().heardClose();
        if (sends && network > 0) connection.flow().saidClose();
        closesIfDone(connection, (SSLEngine) connection.face());
    }

    private static void closesIfDone(WatchedConnection connection, SSLEngine engine) {
        boolean hearsNoMore = engine.isInboundDone()
                || connection.hasFailed()
                || connection.route().isClosed();
        if (engine.isOutboundDone() && hearsNoMore) connection.closes();
    }

    @Override
    public void enters(Object engineOrSocketOrStream) {
        Frames mine = frames.get();
        if (!mine.isBusy()) mine.push(connections.get(engineOrSocketOrStream)).count();
    }

    @Override
    public void leaves(Object which, Call call, int octets, Throwable thrown) {
        Frames mine = frames.get();
        if (mine.isBusy()) return;
        Frame frame = mine.pop();
        if (frame == null) return;
        mine.busy(true);
        try {
            if (frame.owner() != null) leaves(mine, frame, call, octets, thrown);
        } finally {
            frame.discount();
            mine.busy(false);
            mine.release(frame);
        }
    }

    private void leaves(Frames mine, Frame frame, Call call, int octets, Throwable thrown) {
        WatchedConnection worker = frame.owner().worker();
        boolean said = worker.recordsSent() > frame.recordsBefore();
        if (worker.face() instanceof SSLEngine engine) {
            // An engine may end itself while it fails; then the failure counts.
            if (!frame.isNested()) leaves(mine, worker, engine, call, thrown);
        } else if (thrown == null) went(mine, frame, call, octets, said);
        boolean isSocket = !(frame.owner().face() instanceof SSLEngine);
        // A handshake that fails within a read or a write is known to other threads by now.
        if (thrown != null && isSocket && (!frame.isNested() || call == Call.HANDSHAKE)) fails(mine, worker, thrown);
        if (frame.isNested()) return;
        if (worker.isClosing() && worker.waiting().isAny()) opens(mine, worker);
        // Another thread that is at its handshake may have closed it because that failed, and be about to say why.
        frame.discount();
        boolean ends =
                worker.hasFailed() || worker.isClosing() && !frame.owner().isAwaited();
        if (isSocket && ends) worker.closes();
    }

    /** An engine, or a socket that is the face of one. */
    private void leaves(Frames mine, WatchedConnection worker, SSLEngine engine, Call call, Throwable thrown) {
        if (call == Call.CLOSE) worker.closing();
        if (call == Call.CLOSE_OUTBOUND) worker.saysNoMore();
        // Who has no more to say, and hears no more, may leave it at that, and never take close_notify from the engine.
        boolean hearsNoMore = worker.flow().hasHeardClose() || worker.route().isClosed();
        if (call == Call.CLOSE_OUTBOUND && hearsNoMore) worker.closes();
        if (call == Call.SHUT_DOWN || call == Call.CLOSE_OUTBOUND) {
            if (thrown != null) worker.flow().cutOff();
            if (thrown != null && worker.isOpened()) worker.closes();
            if (worker.isOpened()) closesIfDone(worker, engine);
        } else if (call == Call.OTHER && thrown != null) fails(mine, worker, thrown);
    }

    private void went(Frames mine, Frame frame, Call call, int octets, boolean said) {
        WatchedConnection socket = frame.owner();
        switch (call) {
            case HANDSHAKE -> establishes(mine, socket);
            case READ -> hasRead(mine, frame, octets);
            case WRITE -> hasWritten(mine, frame, octets);
            case SHUT_DOWN -> {
                if (said && socket.isEstablished()) socket.flow().saidClose();
            }
            case CLOSE -> {
                // Where nothing was seen to pass, it has done what it has to.
                if ((said || socket.recordsSent() == 0) && socket.isEstablished())
                    socket.flow().saidClose();
                socket.closing();
            }
            case CLOSE_OUTBOUND, OTHER -> {}
        }
    }

    private void hasRead(Frames mine, Frame frame, int octets) {
        WatchedConnection socket = frame.owner();
        if (frame.isNested()) return;
        if (octets > 0) establishes(mine, socket);
        if (octets > 0) socket.flow().received(octets, 0);
        if (octets < 0 && !socket.flow().isCutOff()) socket.flow().heardClose();
    }

    private void hasWritten(Frames mine, Frame frame, int octets) {
        WatchedConnection socket = frame.owner();
        if (frame.isNested() || octets == 0) return;
        establishes(mine, socket);
        socket.flow().sent(octets, 0);
    }

    @Override
    public void received(Object transport, byte[] octets, int offset, int length) {
        WatchedConnection socket = over(transport);
        if (socket == null) return;
        if (length < 0) socket.worker().flow().cutOff();
        else if (length > 0) passed(socket, socket.received(), octets, offset, length);
    }

    @Override
    public void sent(Object transport, byte[] octets, int offset, int length) {
        WatchedConnection socket = over(transport);
        if (socket != null && length > 0) passed(socket, socket.sent(), octets, offset, length);
    }

    /** The socket in whose call this thread goes to the network, null if there is none. */
    private WatchedConnection over(Object transport) {
        Frames mine = frames.get();
        Frame frame = mine.isBusy() ? null : mine.top();
        WatchedConnection owner = frame == null ? null : frame.owner();
        boolean isSocket = owner != null && !(owner.face() instanceof SSLEngine);
        return isSocket && owner.route().isOver(transport) ? owner : null;
    }

    private void passed(WatchedConnection socket, WatchedDirection direction, byte[] octets, int offset, int length) {
        // A socket that is the face of an engine only carries its octets.
        if (socket.worker() != socket) return;
        Frames mine = frames.get();
        mine.busy(true);
        try {
            boolean waits = direction == socket.received() && socket.waiting().holds(octets, offset, length);
            if (waits && !socket.isOpened()) return;
            opens(mine, socket);
            socket.waiting().release(socket.received());
            if (!waits) direction.take(octets, offset, offset + length);
        } finally {
            mine.busy(false);
        }
    }

    private void opens(Frames mine, WatchedConnection connection) {
        if (connection.isOpened() || !connection.opens()) return;
        Object face = connection.face();
        Surface surface = Surface.of(face);
        Frame around = mine.top();
        Object outer =
                around == null || around.owner() == null ? face : around.owner().face();
        Surface transport = outer == null ? surface : Surface.of(outer);
        var peer = surface.peer().or(transport::peer);
        connection
                .telling()
                .tell(new Watched(
                        stacks.of(face.getClass()),
                        surface.role(),
                        surface.local().or(transport::local),
                        peer,
                        surface.allowed(),
                        CLOCK));
        connection.waiting().release(connection.received());
        connection.route().seek(face instanceof SSLEngine);
        if (peer.isPresent()) return;
        connection.telling().tell(new Hidden(List.of("network.peer.address", "network.peer.port")));
        connection.route().peerUnknown();
    }

    /** Once, when the ClientHello has been seen. */
    private void places(WatchedConnection connection) {
        byte[] random = connection.handshake().clientRandom().orElse(null);
        if (random == null || !(connection.face() instanceof SSLEngine engine)) return;
        connection.route().seek(false);
        if (engine.getUseClientMode()) places.seekWriter(connection, random);
        else places.seekReader(connection, random);
    }

    @Override
    public void helloRead(Object channel, ByteBuffer buffer, int from) {
        places.read((SocketChannel) channel, buffer, from);
    }

    @Override
    public void helloWritten(Object channel, ByteBuffer buffer, int from) {
        places.written((SocketChannel) channel, buffer, from);
    }

    /** The application may still hand what it has read to an engine, unless it has said that it is through with it. */
    @Override
    public void closes(Object channel) {
        WatchedConnection connection = places.over((SocketChannel) channel);
        if (connection == null) return;
        connection.route().close();
        boolean done = connection.face() instanceof SSLEngine engine && engine.isOutboundDone();
        if (done || connection.hasNoMoreToSay()) connection.closes();
    }

    private void establishes(Frames mine, WatchedConnection socket) {
        if (socket.isEstablished() || socket.face() == null) return;
        opens(mine, socket);
        establishes(socket);
    }

    private void establishes(WatchedConnection connection) {
        Object face = connection.face();
        // The platform's engine says FINISHED for each ticket as well.
        if (connection.isEstablished() && connection.isLast()) return;
        Surface surface = Surface.of(face);
        SSLSession session = surface.session();
        var established = new Established(surface, session, connection.handshake());
        established.negotiated().ifPresent(known -> {
            connection
                    .telling()
                    .tell(
                            connection.isEstablished()
                                    ? Established.HIDDEN_OF_RENEGOTIATIONS
                                    : established.hidden(known, face instanceof SSLEngine));
            connection.established(known.version().equals(ProtocolVersion.TLS_1_3));
            connection.telling().tell(new HandshakeCompleted(known));
            connection.handshake().forget();
        });
    }

    private void fails(Frames mine, WatchedConnection connection, Throwable thrown) {
        if (!Complaint.isMeant(thrown)) return;
        opens(mine, connection);
        if (!connection.isEstablished()) connection.telling().tell(Established.hiddenFrom(connection.handshake()));
        connection.fails(Complaint.of(thrown, connection));
    }
}
