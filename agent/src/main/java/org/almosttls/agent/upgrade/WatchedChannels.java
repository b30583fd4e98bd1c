package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLException;
import org.almosttls.agent.boot.ChannelBridge;
import org.almosttls.agent.options.UpgradeOptions.Mode;

/** Channels are not upgraded. Which of them carry plaintext is told, and where there must be none they are refused. */
final class WatchedChannels implements ChannelBridge.Channels {

    private final Rules rules;
    private final Mode mode;
    private final PlaintextReport report;
    private final WeakIdentities<SocketChannel, Boolean> accepted = new WeakIdentities<>();
    private final WeakIdentities<SocketChannel, Start> starts = new WeakIdentities<>();

    WatchedChannels(Rules rules, Mode mode, PlaintextReport report) {
        this.rules = rules;
        this.mode = mode;
        this.report = report;
    }

    /** How a connection has begun, as far as that is known. */
    private static final class Start {

        private final byte[] bytes = new byte[FirstBytes.ENOUGH_FOR_ALL];
        private int length;
        private volatile boolean known;

        private synchronized FirstBytes add(ByteBuffer more) {
            int count = Math.min(more.remaining(), bytes.length - length);
            more.get(bytes, length, count);
            length += count;
            return FirstBytes.of(bytes, 0, length);
        }
    }

    @Override
    public void accepted(SocketChannel channel) {
        accepted.put(channel, Boolean.TRUE);
    }

    @Override
    public void passing(SocketChannel channel, ByteBuffer bytes, boolean sent) throws IOException {
        Start start = starts.of(channel).orElse(null);
        if (start != null && start.known) return;
        if (start == null) {
            start = new Start();
            starts.put(channel, start);
        }
        Role role = accepted.of(channel).isPresent() ? Role.SERVER : Role.CLIENT;
        // Only a client begins with a ClientHello; what goes unseen from or to a file is none.
        boolean ofClient = sent == (role == Role.CLIENT) && bytes.hasRemaining();
        FirstBytes first = ofClient ? start.add(bytes) : FirstBytes.OTHER;
        if (first == FirstBytes.TOO_FEW || !(channel.getRemoteAddress() instanceof InetSocketAddress peer)) return;
        start.known = true;
        int localPort = port(channel.getLocalAddress());
        boolean meant = role == Role.SERVER ? rules.meanServer(localPort) : rules.meanClient(peer);
        if (meant) judge(channel, new Connection(role, peer, localPort), first);
    }

    private static int port(SocketAddress address) {
        return address instanceof InetSocketAddress internet ? internet.getPort() : 0;
    }

    private void judge(SocketChannel channel, Connection connection, FirstBytes first) throws IOException {
        boolean plain = first != FirstBytes.HELLO && first != FirstBytes.CONNECT;
        if (first.isLeftAlone() && !(mode == Mode.STRICT && plain)) {
            report.leftAlone(connection, first);
            return;
        }
        report.plaintext(connection, said());
        if (mode != Mode.STRICT) return;
        channel.close();
        throw new SSLException("upgrade=strict: there is plaintext, and channels are not upgraded");
    }

    private String said() {
        return switch (mode) {
            case STRICT -> "it is refused, since channels are not upgraded";
            case PERMISSIVE -> "channels are not upgraded";
            default -> "nothing is changed";
        };
    }
}
