package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The network below a channel, by the channel's own methods. */
record ChannelNetwork(SocketChannel channel) implements SecureChannel.Network {

    @Override
    public int read(ByteBuffer destination) throws IOException {
        return Aside.run(() -> channel.read(destination));
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return Aside.run(() -> channel.write(source));
    }

    @Override
    public boolean waits() {
        return channel.isBlocking();
    }

    @Override
    public boolean isReady(boolean reading, long millis) throws IOException {
        return Poll.isReady(channel, reading, millis);
    }

    @Override
    public void shutdownOutput() throws IOException {
        Aside.run(channel::shutdownOutput);
    }

    @Override
    public void close() throws IOException {
        Aside.<Void, IOException>run(() -> {
            channel.close();
            return null;
        });
    }
}
