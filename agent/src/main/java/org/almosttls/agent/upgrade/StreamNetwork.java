package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;

/** The network below a channel as its socket's stream reads it: with the socket's time-out. */
final class StreamNetwork implements Network {

    private final ChannelNetwork channel;
    /** The channel makes a new one each time that it is asked. */
    private volatile WeakReference<InputStream> kept = new WeakReference<>(null);

    StreamNetwork(ChannelNetwork channel) {
        this.channel = channel;
    }

    @Override
    public int read(ByteBuffer destination) throws IOException {
        int at = destination.position();
        boolean before = Aside.enter();
        try {
            int count = in().read(destination.array(), destination.arrayOffset() + at, destination.remaining());
            if (count > 0) destination.position(at + count);
            return count;
        } finally {
            Aside.leave(before);
        }
    }

    private InputStream in() throws IOException {
        InputStream known = kept.get();
        if (known != null) return known;
        SocketChannel open = channel.channelOrNull();
        if (open == null) throw new ClosedChannelException();
        InputStream made = open.socket().getInputStream();
        kept = new WeakReference<>(made);
        return made;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return channel.write(source);
    }

    @Override
    public boolean waits() {
        return true;
    }

    @Override
    public boolean isReady(boolean reading, long millis) throws IOException {
        return channel.isReady(reading, millis);
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
