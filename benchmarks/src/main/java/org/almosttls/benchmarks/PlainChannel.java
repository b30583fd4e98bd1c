package org.almosttls.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** An application that knows nothing of TLS. */
record PlainChannel(SocketChannel channel) implements Channels.End {

    @Override
    public int write(ByteBuffer source) throws IOException {
        return channel.write(source);
    }

    @Override
    public int read(ByteBuffer destination) throws IOException {
        return channel.read(destination);
    }

    @Override
    public boolean isReadable() {
        return false;
    }
}
