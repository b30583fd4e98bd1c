package org.almosttls.agent.boot;

import java.io.IOException;
import java.lang.ref.Reference;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.util.function.Consumer;

/** What advice in channels calls where connections in plaintext are looked at: a wire like {@link UpgradeBridge}. */
public final class ChannelBridge {

    private static final String FAILED = "cannot look at a channel";

    private static volatile Channels channels;

    private ChannelBridge() {}

    /** An answer that lets the platform's code run. */
    public static final long PLAIN = Long.MIN_VALUE;

    /** What makes of the number of octets, which may be -1, one that is not 0: advice takes 0 to be no answer. */
    private static final int SHIFT = 2;

    /**
     * What is at the other end of the wire, in the agent's loader. {@link #PLAIN} or false as an answer lets the platform's
     * code run.
     */
    public interface Channels {

        /** A server has it from its client. */
        void accepted(SocketChannel channel);

        /** A client connects it to a server when this returns. */
        void connecting(SocketChannel channel, SocketAddress server);

        /** How many octets were read, or -1 at their end. */
        long read(SocketChannel channel, ByteBuffer destination) throws IOException;

        /** The same into several buffers. */
        long read(SocketChannel channel, ByteBuffer[] destinations, int offset, int length) throws IOException;

        /** How many octets were written. */
        long write(SocketChannel channel, ByteBuffer source) throws IOException;

        /** The same from several buffers. */
        long write(SocketChannel channel, ByteBuffer[] sources, int offset, int length) throws IOException;

        /** As {@code read}, by the stream of the channel's socket, which waits for so many nanoseconds or for ever. */
        long readBlocking(SocketChannel channel, byte[] destination, int offset, int length) throws IOException;

        /** The same, writing all of it. */
        boolean writeBlocking(SocketChannel channel, byte[] source, int offset, int length) throws IOException;

        /** How many octets its stream would read without waiting, where the network has {@code received}. */
        int available(SocketChannel channel, int received) throws IOException;

        /** Octets moved from a file. */
        long transferTo(FileChannel file, long position, long count, SocketChannel target) throws IOException;

        /** Octets moved to a file. */
        long transferFrom(FileChannel file, SocketChannel source, long position, long count) throws IOException;

        /** Nothing can be written when this returns. */
        void shuttingOutput(SocketChannel channel) throws IOException;

        /** It ends when this returns. */
        void closing(SocketChannel channel) throws IOException;

        /** Whether a selector need not wait, since something is there to be read. */
        boolean isReady(Selector selector);

        /** Selects what is there to be read; how many keys more there are. */
        int select(Selector selector, Consumer<SelectionKey> action) throws IOException;
    }

    /** Who answers from now on. */
    public static void answer(Channels source) {
        channels = Privileged.of(Channels.class, source);
    }

    /** What advice on {@code accept} calls. */
    public static void accepted(Object channel) {
        Channels known = channels;
        if (known == null || !(channel instanceof SocketChannel)) return;
        try {
            known.accepted((SocketChannel) channel);
        } catch (Throwable e) {
            AgentBridge.failed(FAILED, e);
        }
    }

    /** What advice on {@code connect} calls. */
    public static void connecting(Object channel, SocketAddress server) {
        Channels known = channels;
        if (known == null || !Privileged.mayConnect(server)) return;
        try {
            known.connecting((SocketChannel) channel, server);
        } catch (Throwable e) {
            AgentBridge.failed(FAILED, e);
        }
    }

    private static long shifted(long answer) {
        return answer == PLAIN ? 0 : answer + SHIFT;
    }

    /** What advice gives back: the octets of an answer that is not 0. */
    public static long octets(long answer) {
        return answer - SHIFT;
    }

    /** What advice on {@code read} calls; 0 lets the platform's code run. */
    public static long read(Object channel, ByteBuffer destination) throws IOException {
        Channels known = channels;
        if (known == null || destination == null || destination.isReadOnly()) return 0;
        try {
            return shifted(known.read((SocketChannel) channel, destination));
        } catch (RuntimeException e) {
            throw failed(e);
        } finally {
            Reference.reachabilityFence(channel);
        }
    }

    /** The same for several buffers. */
    public static long read(Object channel, ByteBuffer[] destinations, int offset, int length) throws IOException {
        Channels known = channels;
        if (known == null || !isRange(destinations, offset, length)) return 0;
        try {
            return shifted(known.read((SocketChannel) channel, destinations, offset, length));
        } catch (RuntimeException e) {
            throw failed(e);
        } finally {
            Reference.reachabilityFence(channel);
        }
    }

    /** What advice on {@code write} calls; 0 lets the platform's code run. */
    public static long write(Object channel, ByteBuffer source) throws IOException {
        Channels known = channels;
        if (known == null || source == null) return 0;
        try {
            return shifted(known.write((SocketChannel) channel, source));
        } catch (RuntimeException e) {
            throw failed(e);
        } finally {
            Reference.reachabilityFence(channel);
        }
    }

    /** The same for several buffers. */
    public static long write(Object channel, ByteBuffer[] sources, int offset, int length) throws IOException {
        Channels known = channels;
        if (known == null || !isRange(sources, offset, length)) return 0;
        try {
            return shifted(known.write((SocketChannel) channel, sources, offset, length));
        } catch (RuntimeException e) {
            throw failed(e);
        } finally {
            Reference.reachabilityFence(channel);
        }
    }

    /** What advice on the socket's stream calls; 0 lets the platform's code run. */
    public static long readBlocking(Object channel, byte[] destination, int offset, int length) throws IOException {
        Channels known = channels;
        if (known == null || !((SocketChannel) channel).isBlocking()) return 0;
        try {
            return shifted(known.readBlocking((SocketChannel) channel, destination, offset, length));
        } catch (RuntimeException e) {
            throw failed(e);
        } finally {
            Reference.reachabilityFence(channel);
        }
    }

    /** The same, writing all of it. */
    public static boolean writeBlocking(Object channel, byte[] source, int offset, int length) throws IOException {
        Channels known = channels;
        if (known == null || length <= 0 || !((SocketChannel) channel).isBlocking()) return false;
        try {
            return known.writeBlocking((SocketChannel) channel, source, offset, length);
        } catch (RuntimeException e) {
            throw failed(e);
        } finally {
            Reference.reachabilityFence(channel);
        }
    }

    /** What advice on {@code available} calls. */
    public static int available(Object channel, int received) throws IOException {
        Channels known = channels;
        try {
            return known == null ? received : known.available((SocketChannel) channel, received);
        } finally {
            Reference.reachabilityFence(channel);
        }
    }

    /** What advice on {@code transferTo} calls; 0 lets the platform's code run. */
    public static long transferTo(Object file, long position, long count, WritableByteChannel target)
            throws IOException {
        Channels known = channels;
        boolean ours = known != null && target instanceof SocketChannel && position >= 0 && count > 0;
        return ours ? shifted(known.transferTo((FileChannel) file, position, count, (SocketChannel) target)) : 0;
    }

    /** What advice on {@code transferFrom} calls; 0 lets the platform's code run. */
    public static long transferFrom(Object file, ReadableByteChannel source, long position, long count)
            throws IOException {
        Channels known = channels;
        boolean ours = known != null && source instanceof SocketChannel && position >= 0 && count > 0;
        return ours ? shifted(known.transferFrom((FileChannel) file, (SocketChannel) source, position, count)) : 0;
    }

    /** What advice on {@code shutdownOutput} calls. */
    public static void shuttingOutput(Object channel) {
        Channels known = channels;
        if (known == null) return;
        try {
            known.shuttingOutput((SocketChannel) channel);
        } catch (Throwable e) {
            AgentBridge.failed(FAILED, e);
        } finally {
            Reference.reachabilityFence(channel);
        }
    }

    /** What advice on {@code close} calls. */
    public static void closing(Channel channel) {
        Channels known = channels;
        if (known == null || !(channel instanceof SocketChannel)) return;
        try {
            known.closing((SocketChannel) channel);
        } catch (Throwable e) {
            AgentBridge.failed(FAILED, e);
        } finally {
            Reference.reachabilityFence(channel);
        }
    }

    /** What advice calls before a selector waits: how long it may, by now. */
    public static long patience(Object selector, long millis) {
        Channels known = channels;
        try {
            return known != null && known.isReady((Selector) selector) ? 0 : millis;
        } catch (Throwable e) {
            AgentBridge.failed(FAILED, e);
            return millis;
        }
    }

    /** What advice calls thereafter. */
    public static int selected(Object selector, Consumer<SelectionKey> action) throws IOException {
        Channels known = channels;
        return known == null ? 0 : known.select((Selector) selector, action);
    }

    private static boolean isRange(ByteBuffer[] buffers, int offset, int length) {
        return buffers != null && offset >= 0 && length >= 0 && offset <= buffers.length - length;
    }

    /** By now bytes may be lost: the connection cannot go on in plaintext. What the application did wrong, it is told. */
    private static IOException failed(RuntimeException e) {
        if (e instanceof IllegalStateException || e instanceof IllegalArgumentException) throw e;
        AgentBridge.countFailure();
        return new IOException("TLS under this channel failed: " + e, e);
    }
}
