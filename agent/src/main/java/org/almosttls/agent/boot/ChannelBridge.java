package org.almosttls.agent.boot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.SocketChannel;

/** What advice in channels calls where connections in plaintext are looked at: a wire like {@link UpgradeBridge}. */
public final class ChannelBridge {

    private static volatile Channels channels;

    private ChannelBridge() {}

    /** What is at the other end of the wire, in the agent's loader. */
    public interface Channels {

        /** A server has it from its client. */
        void accepted(SocketChannel channel);

        /**
         * Bytes that were read or are to be written, between position and limit; none if nobody knows them.
         *
         * @param sent whether this end sends them
         * @throws IOException if there must be no connection in plaintext
         */
        void passing(SocketChannel channel, ByteBuffer bytes, boolean sent) throws IOException;
    }

    /** Who answers from now on. */
    public static void answer(Channels source) {
        channels = source;
    }

    /** What advice on {@code accept} calls. */
    public static void accepted(Object channel) {
        Channels known = channels;
        if (known == null || !(channel instanceof SocketChannel)) return;
        try {
            known.accepted((SocketChannel) channel);
        } catch (Throwable e) {
            AgentBridge.countFailure();
        }
    }

    /** What advice on {@code write} calls, before it. */
    public static void writing(Object channel, ByteBuffer source) throws IOException {
        Channels known = channels;
        if (known != null && source.hasRemaining()) pass(known, channel, source.duplicate(), true);
    }

    /** The same of the gathering write. */
    public static void writing(Object channel, ByteBuffer[] sources, int offset, int length) throws IOException {
        Channels known = channels;
        if (known == null) return;
        for (int i = offset; i < offset + length && i < sources.length; i++)
            if (sources[i].hasRemaining()) pass(known, channel, sources[i].duplicate(), true);
    }

    /** The same of bytes in an array. */
    public static void writing(Object channel, byte[] source, int offset, int length) throws IOException {
        Channels known = channels;
        if (known != null && length > 0) pass(known, channel, ByteBuffer.wrap(source, offset, length), true);
    }

    /** What advice on {@code read} calls, after it: the first of {@code count} bytes is at {@code from}. */
    public static void read(Object channel, ByteBuffer destination, int from, long count) throws IOException {
        Channels known = channels;
        if (known == null || count <= 0) return;
        ByteBuffer bytes = destination.duplicate();
        bytes.limit(destination.position()).position(from);
        pass(known, channel, bytes, false);
    }

    /** The same of bytes in an array. */
    public static void read(Object channel, byte[] destination, int offset, int count) throws IOException {
        Channels known = channels;
        if (known != null && count > 0) pass(known, channel, ByteBuffer.wrap(destination, offset, count), false);
    }

    /** What advice on the transfer between a file and a channel calls, before it. */
    public static void transferring(Channel channel, boolean sent) throws IOException {
        Channels known = channels;
        if (known != null && channel instanceof SocketChannel) pass(known, channel, ByteBuffer.allocate(0), sent);
    }

    private static void pass(Channels known, Object channel, ByteBuffer bytes, boolean sent) throws IOException {
        try {
            known.passing((SocketChannel) channel, bytes, sent);
        } catch (IOException refused) {
            throw refused;
        } catch (Throwable e) {
            AgentBridge.countFailure();
        }
    }
}
