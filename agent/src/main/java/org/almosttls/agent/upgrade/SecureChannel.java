package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;

/**
 * TLS over a channel that may or may not wait. What an application is told was written has gone out, or the last octet of it is
 * held back: so it goes on to wait until it can write, and what is left of the record goes out then.
 */
final class SecureChannel {

    private static final int EARLY = 1 << 14;

    private final ChannelOutbound outbound;
    private final ChannelHandshake handshake;
    private final ChannelReader reader;
    private final ChannelClosure closure;
    private final ChannelReadiness readiness;

    /** @param seen what has come of the network already */
    SecureChannel(SSLEngine engine, byte[] seen) {
        var buffers = new ChannelBuffers(engine.getSession(), seen, EARLY);
        var inbound = new ChannelInbound(engine, buffers);
        outbound = new ChannelOutbound(engine, buffers);
        closure = new ChannelClosure(engine, inbound, outbound);
        handshake = new ChannelHandshake(engine, inbound, outbound, closure);
        reader = new ChannelReader(inbound, outbound, handshake, closure);
        readiness = new ChannelReadiness(inbound, outbound, reader);
    }

    /** Octets of application data, 0 if there are none yet and the channel does not wait, or -1 at their end. */
    int read(Network network, ByteBuffer destination) throws IOException {
        return reader.read(network, destination);
    }

    /** The same into an array. */
    int read(Network network, byte[] destination, int offset, int length) throws IOException {
        return reader.read(network, destination, offset, length);
    }

    /** How many octets were taken; fewer than there are only if the channel does not wait. */
    long write(Network network, ByteBuffer source) throws IOException {
        handshake.join(network);
        return outbound.write(network, source);
    }

    /** The same from several, as if they were one. */
    long write(Network network, ByteBuffer[] sources, int offset, int length) throws IOException {
        handshake.join(network);
        return outbound.write(network, sources, offset, length);
    }

    /** The same from an array. It may be less than there is even if the channel waits, but not nothing. */
    long write(Network network, byte[] source, int offset, int length) throws IOException {
        handshake.join(network);
        return outbound.write(network, source, offset, length);
    }

    /** Says close_notify. */
    void shutdownOutput(Network network) throws IOException {
        handshake.finish(network);
        if (outbound.isEstablished()) closure.shutdownOutput(network);
    }

    /** The same, without waiting for anybody, unless something was taken that goes out at the end of the handshake. */
    void close(Network network) throws IOException {
        if (outbound.keepsEarly()) handshake.finish(network);
        if (handshake.hasBegun()) closure.close(network);
    }

    boolean isEstablished() {
        return outbound.isEstablished();
    }

    /** Whether a read would get something without asking the network, and without waiting for another thread. */
    boolean hasPlain() {
        return readiness.hasPlain();
    }

    /**
     * Octets that a read would get without waiting; before the handshake is over, what the network has.
     *
     * @param received how many the network has
     */
    int available(Network network, int received) throws IOException {
        return readiness.available(network, received);
    }

    Ahead ahead() {
        return readiness.ahead();
    }
}
