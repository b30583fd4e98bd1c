package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The network below a channel as its socket's stream reads it: with the socket's time-out. */
record StreamNetwork(SocketChannel channel) implements SecureChannel.Network {

    @Override
    public int read(ByteBuffer destination) throws IOException {
        int at = destination.position();
        int count = Aside.run(() -> channel.socket()
                .getInputStream()
                .read(destination.array(), destination.arrayOffset() + at, destination.remaining()));
        if (count > 0) destination.position(at + count);
        return count;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return new ChannelNetwork(channel).write(source);
    }

    @Override
    public boolean waits() {
        return true;
    }

    @Override
    public boolean isReady(boolean reading, long millis) throws IOException {
        return new ChannelNetwork(channel).isReady(reading, millis);
    }

    @Override
    public void shutdownOutput() throws IOException {
        new ChannelNetwork(channel).shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        new ChannelNetwork(channel).close();
    }
}
