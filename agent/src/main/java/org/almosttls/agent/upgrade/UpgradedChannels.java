package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.function.Consumer;
import org.almosttls.agent.boot.AgentBridge;
import org.almosttls.agent.boot.ChannelBridge;

/** Answers the advice in channels. */
final class UpgradedChannels implements ChannelBridge.Channels {

    private static final int PIECE = 1 << 16;

    private final Rules rules;
    private final ChannelDecider decider;
    private final Readiness readiness;
    private final WeakIdentities<SocketChannel, Boolean> accepted = new WeakIdentities<>();
    private final WeakIdentities<SocketChannel, ChannelStart> starts = new WeakIdentities<>();
    private volatile boolean ended;

    UpgradedChannels(Rules rules, ChannelDecider decider, Readiness readiness) {
        this.rules = rules;
        this.decider = decider;
        this.readiness = readiness;
    }

    @Override
    public void accepted(SocketChannel channel) {
        if (!Aside.isBusy()) accepted.put(channel, Boolean.TRUE);
    }

    @Override
    public void connecting(SocketChannel channel, SocketAddress server) {
        if (Aside.isBusy() || !(server instanceof InetSocketAddress peer) || peer.isUnresolved()) return;
        if (rules.meanClient(peer)) decider.connecting(peer);
    }

    @Override
    public Long read(SocketChannel channel, ByteBuffer[] destinations, int offset, int length) throws IOException {
        Optional<ChannelStart> start = start(channel);
        if (start.isEmpty()) return null;
        var network = new ChannelNetwork(channel);
        decider.beforeRead(start.get(), network);
        return read(start.get(), network, destinations, offset, length);
    }

    private Long read(ChannelStart start, ChannelNetwork network, ByteBuffer[] destinations, int offset, int length)
            throws IOException {
        long all = 0;
        for (int i = offset; i < offset + length; i++) {
            if (!destinations[i].hasRemaining()) continue;
            Integer count = start.read(network, destinations[i], all > 0);
            if (count == null) return all > 0 ? finished(start, network, all) : null;
            if (count <= 0) return finished(start, network, all > 0 ? all : (long) count);
            all += count;
            if (destinations[i].hasRemaining()) break;
        }
        return start.isSecure() || all > 0 ? finished(start, network, all) : null;
    }

    private Long finished(ChannelStart start, ChannelNetwork network, long count) {
        readiness.note(network.channel(), start);
        return count;
    }

    @Override
    public Long write(SocketChannel channel, ByteBuffer[] sources, int offset, int length) throws IOException {
        Optional<ChannelStart> start = start(channel);
        if (start.isEmpty()) return null;
        ByteBuffer first = firstOf(sources, offset, length);
        if (!first.hasRemaining()) return null;
        var network = new ChannelNetwork(channel);
        decider.beforeWrite(start.get(), network, first.duplicate());
        Optional<SecureChannel> secure = start.get().secure();
        if (secure.isEmpty()) return null;
        boolean shakesHands = !secure.get().isEstablished();
        long all = 0;
        for (int i = offset; i < offset + length; i++) {
            if (!sources[i].hasRemaining()) continue;
            all += secure.get().write(network, sources[i]);
            if (sources[i].hasRemaining()) break;
        }
        if (shakesHands) readiness.note(channel, start.get());
        return all;
    }

    private static ByteBuffer firstOf(ByteBuffer[] sources, int offset, int length) {
        for (int i = offset; i < offset + length; i++) if (sources[i].hasRemaining()) return sources[i];
        return ByteBuffer.allocate(0);
    }

    @Override
    public Integer readBlocking(SocketChannel channel, byte[] destination, int offset, int length) throws IOException {
        Optional<ChannelStart> start = start(channel);
        if (start.isEmpty() || length <= 0) return null;
        var network = new StreamNetwork(channel);
        decider.beforeRead(start.get(), network);
        Integer count = start.get().read(network, ByteBuffer.wrap(destination, offset, length), false);
        if (count != null) readiness.note(channel, start.get());
        return count;
    }

    @Override
    public int available(SocketChannel channel, int received) throws IOException {
        Optional<ChannelStart> start = start(channel);
        Optional<SecureChannel> secure = start.flatMap(ChannelStart::secure);
        if (secure.isEmpty()) return received;
        int count = secure.get().available(new StreamNetwork(channel), received);
        readiness.note(channel, start.get());
        return count;
    }

    @Override
    public Long transferTo(FileChannel file, long position, long count, SocketChannel target) throws IOException {
        Optional<ChannelStart> start = start(target);
        if (start.isEmpty()) return null;
        decider.beforeWrite(start.get(), new ChannelNetwork(target), ByteBuffer.allocate(0));
        if (!start.get().isSecure()) return null;
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(count, PIECE));
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
    public Long transferFrom(FileChannel file, SocketChannel source, long position, long count) throws IOException {
        Optional<ChannelStart> start = start(source);
        if (start.isEmpty() || position > file.size()) return null;
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(count, PIECE));
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
        Optional<ChannelStart> start = start(channel);
        if (start.isEmpty() || start.get().isMute()) return;
        var network = new ChannelNetwork(channel);
        decider.beforeWrite(start.get(), network, ByteBuffer.allocate(0));
        Optional<SecureChannel> secure = start.get().secure();
        if (secure.isEmpty()) return;
        secure.get().shutdownOutput(network);
        readiness.note(channel, start.get());
    }

    @Override
    public void closing(SocketChannel channel) throws IOException {
        if (Aside.isBusy() || !channel.isOpen()) return;
        readiness.forget(channel);
        Optional<SecureChannel> secure = starts.of(channel).flatMap(ChannelStart::secure);
        if (secure.isPresent()) secure.get().close(new ChannelNetwork(channel));
    }

    @Override
    public boolean isReady(Selector selector) {
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
            if (starts.of(channel).flatMap(ChannelStart::secure).isEmpty()) continue;
            try {
                channel.close();
            } catch (IOException gone) {
                AgentBridge.countFailure();
            }
        }
    }

    /** Of a connection that is meant; nothing if it is not, or is none yet. */
    private Optional<ChannelStart> start(SocketChannel channel) throws IOException {
        // The platform says what is wrong with one that is closed.
        if (Aside.isBusy() || !channel.isOpen()) return Optional.empty();
        Optional<ChannelStart> known = starts.of(channel);
        if (known.isEmpty()) known = newStart(channel);
        return known.filter(ChannelStart::isMeant);
    }

    private Optional<ChannelStart> newStart(SocketChannel channel) throws IOException {
        if (ended || !channel.isConnected()) return Optional.empty();
        synchronized (starts) {
            Optional<ChannelStart> before = starts.of(channel);
            if (before.isPresent()) return before;
            var made = ChannelStart.of(connection(channel).filter(this::isMeant));
            starts.put(channel, made);
            return Optional.of(made);
        }
    }

    private boolean isMeant(Connection connection) {
        return connection.role() == Role.SERVER
                ? rules.meanServer(connection.localPort())
                : rules.meanClient(connection.peer());
    }

    private Optional<Connection> connection(SocketChannel channel) throws IOException {
        Role role = accepted.of(channel).isPresent() ? Role.SERVER : Role.CLIENT;
        return channel.getRemoteAddress() instanceof InetSocketAddress peer
                        && channel.getLocalAddress() instanceof InetSocketAddress local
                ? Optional.of(new Connection(role, peer, local.getPort()))
                : Optional.empty();
    }
}
