package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.function.Consumer;
import org.almosttls.agent.boot.AgentBridge;
import org.almosttls.agent.boot.ChannelBridge;
import org.almosttls.agent.weak.WeakTable;

/** Answers the advice in channels. */
final class UpgradedChannels implements ChannelBridge.Channels {

    private static final long PLAIN = ChannelBridge.PLAIN;
    private static final int PIECE = 1 << 16;
    /** What a thread has on its way between a file and a channel. */
    private static final ThreadLocal<ByteBuffer> BETWEEN = ThreadLocal.withInitial(() -> ByteBuffer.allocate(PIECE));

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Rules rules;
    private final ChannelDecider decider;
    private final Readiness readiness;
    private final WeakTable<SocketChannel, Boolean> accepted = new WeakTable<>();
    private final WeakTable<SocketChannel, ChannelStart> starts = new WeakTable<>();
    private volatile boolean ended;

    UpgradedChannels(Rules rules, ChannelDecider decider, Readiness readiness) {
        this.rules = rules;
        this.decider = decider;
        this.readiness = readiness;
    }

    @Override
    public void accepted(SocketChannel channel) {
        if (Aside.isBusy()) return;
        accepted.put(channel, Boolean.TRUE);
        takenUp(channel);
    }

    /** By this thread, which has accepted it or given it to a selector. */
    void takenUp(SocketChannel channel) {
        if (isUndecided(channel)) decider.own().engines().takesUp(channel);
        else decider.own().engines().turnsAway();
    }

    /** Whether a server that is meant has it, and has not begun to read or write. */
    private boolean isUndecided(SocketChannel channel) {
        ChannelStart known = starts.get(channel);
        if (known != null)
            return known.isMeant() && !known.isDecided() && known.connection().role() == Role.SERVER;
        try {
            return !ended
                    && accepted.get(channel) != null
                    && connection(channel).filter(this::isMeant).isPresent();
        } catch (IOException closed) {
            return false;
        }
    }

    @Override
    public void connecting(SocketChannel channel, SocketAddress server) {
        if (Aside.isBusy() || !(server instanceof InetSocketAddress peer) || peer.isUnresolved()) return;
        if (rules.meanClient(peer)) decider.connecting(peer);
    }

    @Override
    public long read(SocketChannel channel, ByteBuffer destination) throws IOException {
        ChannelStart start = start(channel);
        if (start == null) return PLAIN;
        decider.beforeRead(start, start.network());
        if (!destination.hasRemaining()) return start.isSecure() ? 0 : PLAIN;
        int from = destination.position();
        long count = start.read(destination, false);
        decider.afterRead(start, destination, from);
        return noted(start, count);
    }

    @Override
    public long read(SocketChannel channel, ByteBuffer[] destinations, int offset, int length) throws IOException {
        ChannelStart start = start(channel);
        if (start == null) return PLAIN;
        decider.beforeRead(start, start.network());
        long all = 0;
        for (int i = offset; i < offset + length; i++) {
            if (!destinations[i].hasRemaining()) continue;
            int from = destinations[i].position();
            long count = start.read(destinations[i], all > 0);
            if (all == 0) decider.afterRead(start, destinations[i], from);
            if (count <= 0) return noted(start, all > 0 ? all : count);
            all += count;
            if (destinations[i].hasRemaining()) break;
        }
        return start.isSecure() || all > 0 ? noted(start, all) : PLAIN;
    }

    private long noted(ChannelStart start, long count) {
        if (count != PLAIN) readiness.note(start);
        return count;
    }

    @Override
    public long write(SocketChannel channel, ByteBuffer source) throws IOException {
        ChannelStart start = start(channel);
        if (start == null || !source.hasRemaining()) return PLAIN;
        decider.beforeWrite(start, start.network(), source);
        if (!start.isSecure()) return PLAIN;
        SecureChannel secure = start.secure().get();
        boolean shakesHands = !secure.isEstablished();
        long count = secure.write(start.network(), source);
        return shakesHands ? noted(start, count) : count;
    }

    @Override
    public long write(SocketChannel channel, ByteBuffer[] sources, int offset, int length) throws IOException {
        ChannelStart start = start(channel);
        int first = firstOf(sources, offset, length);
        if (start == null || first < 0) return PLAIN;
        decider.beforeWrite(start, start.network(), sources[first]);
        if (!start.isSecure()) return PLAIN;
        SecureChannel secure = start.secure().get();
        boolean shakesHands = !secure.isEstablished();
        long count = secure.write(start.network(), sources, offset, length);
        return shakesHands ? noted(start, count) : count;
    }

    /** That has something to write, -1 if none has. */
    private static int firstOf(ByteBuffer[] sources, int offset, int length) {
        for (int i = offset; i < offset + length; i++) if (sources[i].hasRemaining()) return i;
        return -1;
    }

    @Override
    public long readBlocking(SocketChannel channel, byte[] destination, int offset, int length) throws IOException {
        ChannelStart start = start(channel);
        if (start == null || length <= 0) return PLAIN;
        decider.beforeRead(start, start.stream());
        long count = start.read(destination, offset, length);
        if (count > 0 && start.isWatched())
            decider.afterRead(start, ByteBuffer.wrap(destination).position(offset + (int) count), offset);
        return noted(start, count);
    }

    @Override
    public boolean writeBlocking(SocketChannel channel, byte[] source, int offset, int length) throws IOException {
        ChannelStart start = start(channel);
        if (start == null) return false;
        boolean known = start.isDecided() && !start.isWatched();
        ByteBuffer first = known ? NOTHING : ByteBuffer.wrap(source, offset, length);
        decider.beforeWrite(start, start.network(), first);
        if (!start.isSecure()) return false;
        SecureChannel secure = start.secure().get();
        boolean shakesHands = !secure.isEstablished();
        for (int done = 0; done < length; ) {
            if (!channel.isOpen()) throw new ClosedChannelException();
            done += (int) secure.write(start.network(), source, offset + done, length - done);
        }
        if (shakesHands) readiness.note(start);
        return true;
    }

    @Override
    public int available(SocketChannel channel, int received) throws IOException {
        ChannelStart start = start(channel);
        if (start == null || !start.isSecure()) return received;
        return (int) noted(start, start.secure().get().available(start.stream(), received));
    }

    @Override
    public long transferTo(FileChannel file, long position, long count, SocketChannel target) throws IOException {
        ChannelStart start = start(target);
        if (start == null) return PLAIN;
        decider.beforeWrite(start, start.network(), NOTHING);
        if (!start.isSecure()) return PLAIN;
        ByteBuffer piece = BETWEEN.get();
        long all = 0;
        while (all < count) {
            piece.clear().limit((int) Math.min(count - all, PIECE));
            if (file.read(piece, position + all) <= 0) break;
            all += target.write(piece.flip());
            if (piece.hasRemaining()) break;
        }
        return all;
    }

    @Override
    public long transferFrom(FileChannel file, SocketChannel source, long position, long count) throws IOException {
        if (start(source) == null || position > file.size()) return PLAIN;
        ByteBuffer piece = BETWEEN.get();
        long all = 0;
        while (all < count) {
            piece.clear().limit((int) Math.min(count - all, PIECE));
            if (source.read(piece) <= 0) break;
            for (piece.flip(); piece.hasRemaining(); ) all += file.write(piece, position + all);
        }
        return all;
    }

    @Override
    public void shuttingOutput(SocketChannel channel) throws IOException {
        ChannelStart start = start(channel);
        if (start == null || start.isMute()) return;
        if (!start.isDecided()) decider.beforeWrite(start, start.network(), NOTHING);
        if (!start.isSecure()) return;
        start.secure().get().shutdownOutput(start.network());
        readiness.note(start);
    }

    @Override
    public void closing(SocketChannel channel) throws IOException {
        if (Aside.isBusy() || !channel.isOpen()) return;
        ChannelStart start = starts.get(channel);
        if (start == null) return;
        readiness.forget(start);
        decider.closing(start);
        if (start.isSecure()) start.secure().get().close(start.network());
    }

    @Override
    public boolean isReady(Selector selector) {
        decider.own().engines().turnsAway();
        return readiness.isReady(selector);
    }

    @Override
    public int select(Selector selector, Consumer<SelectionKey> action) throws IOException {
        return readiness.select(selector, action);
    }

    /** All that are TLS, and none becomes it any more. */
    void close() {
        ended = true;
        for (SocketChannel channel : starts.keys()) {
            ChannelStart start = starts.get(channel);
            if (start == null || !start.isSecure()) continue;
            try {
                channel.close();
            } catch (IOException gone) {
                AgentBridge.countFailure();
            }
        }
    }

    /** Of a connection that is meant; null if it is not, or is none yet. This is asked for at each read and write. */
    private ChannelStart start(SocketChannel channel) throws IOException {
        // The platform says what is wrong with one that is closed.
        if (Aside.isBusy() || !channel.isOpen()) return null;
        ChannelStart known = starts.get(channel);
        if (known == null && !ended && channel.isConnected()) known = newStart(channel);
        return known != null && known.isMeant() ? known : null;
    }

    private ChannelStart newStart(SocketChannel channel) throws IOException {
        synchronized (starts) {
            ChannelStart before = starts.get(channel);
            if (before != null) return before;
            var made = new ChannelStart(channel, connection(channel).filter(this::isMeant));
            starts.put(channel, made);
            if (!made.isMeant()) decider.own().engines().turnsAway();
            return made;
        }
    }

    private boolean isMeant(Connection connection) {
        return connection.role() == Role.SERVER
                ? rules.meanServer(connection.localPort())
                : rules.meanClient(connection.peer());
    }

    private Optional<Connection> connection(SocketChannel channel) throws IOException {
        Role role = accepted.get(channel) != null ? Role.SERVER : Role.CLIENT;
        return channel.getRemoteAddress() instanceof InetSocketAddress peer
                        && channel.getLocalAddress() instanceof InetSocketAddress local
                ? Optional.of(new Connection(role, peer, local))
                : Optional.empty();
    }
}
