package org.almosttls.agent.observe;

import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import org.almosttls.agent.boot.Observer;
import org.almosttls.agent.observe.Frames.Frame;
import org.almosttls.agent.observe.Surface.Answers;
import org.almosttls.agent.weak.WeakTable;
import org.almosttls.config.Clock;
import org.almosttls.event.ConnectionId;
import org.almosttls.event.TlsEvent.Watched;
import org.almosttls.event.TlsEventListener;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.Role;

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
    private final Stacks stacks;
    private final Places places = new Places();
    private final TlsEventListener listener;
    private final StackSecrets secrets;
    private final Newcomers newcomers;

    /**
     * @param listener who is told
     * @param turnsUp hears of the class of each object that comes up
     * @param gives hears of each provider's name that gives out a context
     */
    public Observation(TlsEventListener listener, BiConsumer<Kind, Class<?>> turnsUp, Consumer<String> gives) {
        this.listener = listener;
        this.stacks = new Stacks(gives);
        this.secrets = new StackSecrets(listener, CLOCK);
        this.newcomers = new Newcomers(turnsUp);
    }

    @Override
    public void made(Object engineOrSocket) {
        Class<?> type = engineOrSocket.getClass();
        // Ours tell of themselves.
        if (type.getName().startsWith(OURS)) return;
        var telling = new Telling(ConnectionId.next(), CLOCK, listener);
        connections.putIfAbsent(engineOrSocket, new WatchedConnection(engineOrSocket, telling));
        newcomers.made(engineOrSocket instanceof SSLEngine ? Kind.ENGINE : Kind.SOCKET, type);
    }

    /** A server may read a ClientHello before it makes its first engine, but not before it has a context. */
    @Override
    public void provider(Class<?> innards, String name) {
        stacks.add(innards, name);
        newcomers.channels();
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
        newcomers.stream(stream.getClass());
    }

    @Override
    public Object engineEnters(Object engine, boolean sends, Object network, int offset, int length) {
        Frames mine = frames.get();
        if (mine.isBusy()) return null;
        WatchedConnection connection = known(mine, engine, sends);
        Frame around = mine.top();
        // A call within a call on the same one has nothing to tell.
        if (around != null && around.owner() == connection) return null;
        if (connection != null && connection.isLeftAlone()) return null;
        Frame frame = mine.push(connection);
        try {
            frame.positions().note(network, offset, length);
        } catch (RuntimeException noBuffers) {
            // The engine itself says what is wrong with them.
            mine.pop(frame);
            return null;
        }
        return frame;
    }

    /** The table wants the hash of an engine, which takes long while that is locked. */
    private WatchedConnection known(Frames mine, Object engine, boolean sends) {
        WatchedConnection last = mine.last(engine, sends);
        if (last != null) return last;
        WatchedConnection known = connections.get(engine);
        if (known != null) mine.remember(known, sends);
        return known;
    }

    @Override
    public void engineLeaves(Object call, boolean sends, Object network, Object result, Throwable thrown) {
        Frame frame = (Frame) call;
        Frames mine = frame.thread();
        mine.pop(frame);
        mine.busy(true);
        try {
            if (frame.owner() == null) return;
            if (thrown == null) moved(frame, sends, network, (SSLEngineResult) result);
            else threw(frame, sends, network, thrown);
            if (!frame.owner().isSteady()) endsIfFailed(frame.owner().worker());
        } finally {
            mine.busy(false);
            mine.release(frame);
        }
    }

    private static void endsIfFailed(WatchedConnection worker) {
        if (worker.hasFailed() && worker.face() instanceof SSLEngine engine) closesIfDone(worker, engine);
    }

    private void threw(Frame frame, boolean sends, Object network, Throwable thrown) {
        WatchedConnection worker = frame.owner().worker();
        boolean hasRefused = worker == frame.owner() && !sends && Complaint.isMeant(thrown);
        if (hasRefused) frame.positions().refused(network, worker.received());
        fails(frame.thread(), worker, thrown);
    }

    private void moved(Frame frame, boolean sends, Object network, SSLEngineResult result) {
        WatchedConnection connection = frame.owner();
        boolean steady = connection.isSteady();
        if (!steady && connection.worker() != connection) return;
        int passed = sends ? result.bytesProduced() : result.bytesConsumed();
        if (!steady && passed > 0 && isLeftAlone(frame, network)) return;
        int application = sends ? result.bytesConsumed() : result.bytesProduced();
        WatchedDirection direction = sends ? connection.sent() : connection.received();
        long before = direction.counts().applicationRecords();
        if (passed > 0 && !steady)
            opens(frame.thread(), connection, sends && frame.positions().areMessages(network));
        if (passed > 0) frame.positions().passed(network, direction, passed);
        if (!steady) looksAround(frame, sends, network, passed > 0);
        boolean finished = result.getHandshakeStatus() == HandshakeStatus.FINISHED;
        if (finished || application > 0 && !steady && !connection.isEstablished()) establishes(connection);
        // What ends a handshake of TLS 1.3 looks like application data.
        long records = finished ? 1 : direction.counts().applicationRecords() - before;
        if (application > 0) direction.counts().carried(application, records);
        if (result.getStatus() == Status.CLOSED) ends(connection, sends, passed > 0);
    }

    /** DTLS is; it is known by what passes first, and by its engine, since peers may say anything. */
    private static boolean isLeftAlone(Frame frame, Object network) {
        WatchedConnection connection = frame.owner();
        if (connection.isOpened() || !frame.positions().areDatagrams(network)) return false;
        boolean isDatagrams = connection.face() instanceof SSLEngine engine
                && Arrays.stream(engine.getEnabledProtocols()).allMatch(each -> each.startsWith("DTLS"));
        if (isDatagrams) connection.leaveAlone();
        return isDatagrams;
    }

    /** As long as it is not established. */
    private void looksAround(Frame frame, boolean sends, Object network, boolean moved) {
        WatchedConnection connection = frame.owner();
        if (moved && connection.route().isSought()) places(connection);
        if (!moved && !sends && !connection.isEstablished()) looksAtFirst(frame, network);
    }

    /** A stack may refuse a peer's first octets without taking them, and say so later or never. */
    private void looksAtFirst(Frame frame, Object network) {
        WatchedConnection connection = frame.owner();
        boolean over = connection.face() instanceof SSLEngine engine && engine.isOutboundDone();
        if (!frame.positions().refuses(network, connection.received()) || !over) return;
        opens(frame.thread(), connection);
        connection.fails(Complaint.ofForeign());
    }

    private void ends(WatchedConnection connection, boolean sends, boolean moved) {
        if (!sends && !connection.farewell().isCutOff()) connection.farewell().heardClose();
        if (sends && moved) connection.farewell().saidClose();
        closesIfDone(connection, (SSLEngine) connection.face());
    }

    private static void closesIfDone(WatchedConnection connection, SSLEngine engine) {
        boolean hearsNoMore = engine.isInboundDone()
                || connection.hasFailed()
                || connection.route().isClosed();
        if (engine.isOutboundDone() && hearsNoMore) connection.closes();
    }

    @Override
    public Object enters(Object engineOrSocketOrStream) {
        Frames mine = frames.get();
        if (mine.isBusy()) return null;
        Frame frame = mine.push(connections.get(engineOrSocketOrStream));
        if (frame.count() && frame.owner().isSocket()) asks(mine, frame.owner());
        return frame;
    }

    /**
     * Here, because later the stack may have a lock, in which to wait for the one that guards its answers could be to wait
     * for ever; and by the first thread only, because that one may keep it for as long as its peer is silent.
     */
    private static void asks(Frames mine, WatchedConnection socket) {
        Object face = socket.face();
        mine.busy(true);
        try {
            if (face != null) socket.answers(Answers.of(Surface.of(face)));
        } finally {
            mine.busy(false);
        }
    }

    @Override
    public void leaves(Object entered, Call call, int octets, Throwable thrown) {
        Frame frame = (Frame) entered;
        Frames mine = frame.thread();
        mine.pop(frame);
        mine.busy(true);
        try {
            WatchedConnection owner = frame.owner();
            if (owner == null) return;
            boolean streams = call == Call.READ || call == Call.WRITE;
            boolean moves = streams && octets >= 0;
            if (streams) frame.moved(call == Call.WRITE);
            if (moves && thrown == null && owner.isSteady() && !owner.isClosing()) carried(frame, call, octets);
            else leaves(mine, frame, call, octets, thrown);
        } finally {
            frame.discount();
            mine.busy(false);
            mine.release(frame);
        }
    }

    /** What most calls are. */
    private static void carried(Frame frame, Call call, int octets) {
        if (frame.isNested() || octets == 0) return;
        WatchedConnection owner = frame.owner();
        WatchedDirection direction = call == Call.WRITE ? owner.sent() : owner.received();
        direction.counts().carried(octets);
    }

    private void leaves(Frames mine, Frame frame, Call call, int octets, Throwable thrown) {
        // Who writes in order to read, or does either to shake hands, has records of its own.
        boolean isHandshake = call == Call.HANDSHAKE || call == Call.READ || call == Call.WRITE;
        if (isHandshake && frame.isCarried(call == Call.READ, call == Call.WRITE))
            frame.owner().isLayered();
        WatchedConnection worker = frame.owner().worker();
        boolean said = worker.recordsSent() > frame.recordsBefore();
        if (!worker.isSocket()) {
            // An engine may end itself while it fails; then the failure counts.
            if (!frame.isNested() && worker.face() instanceof SSLEngine engine)
                leaves(mine, worker, engine, call, thrown);
        } else if (thrown == null) went(mine, frame, call, octets, said);
        boolean isSocket = frame.owner().isSocket();
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
        boolean hearsNoMore =
                worker.farewell().hasHeardClose() || worker.route().isClosed();
        if (call == Call.CLOSE_OUTBOUND && hearsNoMore) worker.closes();
        if (call == Call.SHUT_DOWN || call == Call.CLOSE_OUTBOUND) {
            if (thrown != null) worker.farewell().cutOff();
            if (thrown != null && worker.isOpened()) worker.closes();
            if (worker.isOpened()) closesIfDone(worker, engine);
        } else if (call == Call.OTHER && thrown != null) fails(mine, worker, thrown);
    }

    private void went(Frames mine, Frame frame, Call call, int octets, boolean said) {
        WatchedConnection socket = frame.owner();
        switch (call) {
            case HANDSHAKE -> establishes(mine, socket);
            case READ, WRITE -> carries(mine, frame, call, octets);
            case SHUT_DOWN -> {
                if (said && socket.isEstablished()) socket.farewell().saidClose();
            }
            case CLOSE -> {
                // Where nothing was seen to pass, it has done what it has to.
                if ((said || socket.recordsSent() == 0) && socket.isEstablished())
                    socket.farewell().saidClose();
                socket.closing();
            }
            case CLOSE_OUTBOUND, OTHER -> {}
        }
    }

    private void carries(Frames mine, Frame frame, Call call, int octets) {
        WatchedConnection socket = frame.owner();
        if (frame.isNested()) return;
        if (octets > 0) establishes(mine, socket);
        if (octets >= 0) carried(frame, call, octets);
        else if (!socket.farewell().isCutOff()) socket.farewell().heardClose();
    }

    @Override
    public void received(Object transport, byte[] octets, int offset, int length) {
        Frames mine = frames.get();
        WatchedConnection socket = over(mine, transport);
        if (socket == null) return;
        if (length < 0) socket.worker().farewell().cutOff();
        if (length > 0 && isWorking(socket)) arrived(mine, socket, octets, offset, length);
    }

    @Override
    public void sent(Object transport, byte[] octets, int offset, int length) {
        Frames mine = frames.get();
        WatchedConnection socket = over(mine, transport);
        if (socket == null || length <= 0 || !isWorking(socket)) return;
        mine.busy(true);
        try {
            if (!socket.isSteady()) opens(mine, socket, Octets.at(octets, offset) == ContentType.HANDSHAKE.code());
            socket.sent().take(octets, offset, offset + length);
        } finally {
            mine.busy(false);
        }
    }

    /** The socket in whose call this thread goes to the network, null if there is none. */
    private static WatchedConnection over(Frames mine, Object transport) {
        Frame frame = mine.isBusy() ? null : mine.top();
        WatchedConnection owner = frame == null ? null : frame.owner();
        boolean isOver = owner != null && owner.isSocket() && owner.route().isOver(transport);
        return isOver ? owner : null;
    }

    /** A socket that is the face of an engine only carries its octets. */
    private static boolean isWorking(WatchedConnection socket) {
        return socket.isSteady() || socket.worker() == socket;
    }

    private void arrived(Frames mine, WatchedConnection socket, byte[] octets, int offset, int length) {
        mine.busy(true);
        try {
            if (!socket.isSteady() && waits(mine, socket, octets, offset, length)) return;
            socket.received().take(octets, offset, offset + length);
        } finally {
            mine.busy(false);
        }
    }

    /** Whether they are kept back, or have been taken with what was. */
    private boolean waits(Frames mine, WatchedConnection socket, byte[] octets, int offset, int length) {
        boolean waits = socket.waiting().holds(octets, offset, length);
        if (waits && !socket.isOpened()) return true;
        opens(mine, socket);
        socket.waiting().release(socket.received());
        return waits;
    }

    private void opens(Frames mine, WatchedConnection connection) {
        opens(mine, connection, false);
    }

    /** @param speaks whether it begins by saying a handshake message, which for a client is what it may agree to */
    private void opens(Frames mine, WatchedConnection connection, boolean speaks) {
        if (connection.isOpened() || !connection.opens()) return;
        Object face = connection.face();
        Surface surface = Surface.of(face);
        Frame around = mine.top();
        Object outer =
                around == null || around.owner() == null ? face : around.owner().face();
        Surface transport = outer == null ? surface : Surface.of(outer);
        var peer = surface.peer().or(transport::peer);
        Answers answers = connection.answers().orElseGet(() -> Answers.of(surface));
        boolean says = speaks && answers.role() == Role.CLIENT;
        connection
                .telling()
                .begins(notes -> new Watched(
                        stacks.of(face.getClass()),
                        answers.role(),
                        surface.local().or(transport::local),
                        peer,
                        says ? Optional.empty() : answers.allowed().or(() -> Optional.of(surface.allowed())),
                        notes,
                        CLOCK));
        connection.waiting().release(connection.received());
        connection.route().seek(!connection.isSocket());
        if (peer.isPresent()) return;
        connection.telling().tell(Established.HIDDEN_PEER);
        connection.route().peerUnknown();
    }

    /** Once, when the ClientHello has been seen. */
    private void places(WatchedConnection connection) {
        byte[] random = connection.telling().hellos().clientRandom().orElse(null);
        if (random == null || !(connection.face() instanceof SSLEngine engine)) return;
        connection.route().seek(false);
        if (Surface.of(engine).isClient()) places.seekWriter(connection, random);
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
        // What has another one do it is no second session.
        if (socket.isEstablished() || socket.face() == null || socket.worker() != socket) return;
        opens(mine, socket);
        establishes(socket);
    }

    private void establishes(WatchedConnection connection) {
        Object face = connection.face();
        // The platform's engine says FINISHED for each ticket as well.
        if (connection.isEstablished() && connection.isLast()) return;
        Surface surface = Surface.of(face);
        boolean isFirst = !connection.isEstablished();
        // Where there is nobody the session throws, which takes longer than all the rest.
        boolean isNobody = isFirst
                && surface.role() == Role.SERVER
                && connection.telling().hellos().isFull()
                && !surface.asksClient();
        Established.of(surface, face instanceof SSLEngine, isNobody)
                .ifPresent(agreed -> connection.establishes(agreed, isFirst));
    }

    private void fails(Frames mine, WatchedConnection connection, Throwable thrown) {
        if (!Complaint.isMeant(thrown)) return;
        opens(mine, connection);
        connection.telling().atOnce();
        if (!connection.isEstablished()) connection.telling().tell(Established.hiddenFrom(connection.handshake()));
        connection.fails(Complaint.of(thrown, connection));
    }
}
