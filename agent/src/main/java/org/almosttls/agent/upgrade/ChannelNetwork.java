package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;

/** The network below a channel, by the channel's own methods; who calls has the channel, which this does not keep. */
final class ChannelNetwork implements Network {

    private final WeakReference<SocketChannel> channel;

    ChannelNetwork(SocketChannel channel) {
        this.channel = new WeakReference<>(channel);
    }

    /** Null if nobody has it any more. */
    SocketChannel channelOrNull() {
        return channel.get();
    }

    private SocketChannel channel() throws IOException {
        SocketChannel known = channel.get();
        if (known == null) throw new ClosedChannelException();
        return known;
    }

    @Override
    public int read(ByteBuffer destination) throws IOException {
        boolean before = Aside.enter();
        try {
            return channel().read(destination);
        } finally {
            Aside.leave(before);
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        boolean before = Aside.enter();
        try {
            return channel().write(source);
        } finally {
            Aside.leave(before);
        }
    }

    @Override
    public boolean waits() throws IOException {
        return channel().isBlocking();
    }

    @Override
    public boolean isReady(boolean reading, long millis) throws IOException {
        return Poll.isReady(channel(), reading, millis);
    }

    @Override
    public void shutdownOutput() throws IOException {
        boolean before = Aside.enter();
        try {
            channel().shutdownOutput();
        } finally {
            Aside.leave(before);
        }
    }

    @Override
    public void close() throws IOException {
        boolean before = Aside.enter();
        try {
            channel().close();
        } finally {
            Aside.leave(before);
        }
    }
}
