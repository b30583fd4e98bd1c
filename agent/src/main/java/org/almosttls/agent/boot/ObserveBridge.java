package org.almosttls.agent.boot;

import java.nio.ByteBuffer;
import java.security.Provider;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.almosttls.agent.boot.Observer.Call;

/**
 * As {@link AgentBridge}, for what is only watched: each method is what one advice calls, and nothing that goes wrong
 * behind it reaches the application.
 */
public final class ObserveBridge {

    private static final String FAILED = "cannot watch a session";

    /** As far as the end of the random of a ClientHello. */
    private static final int ENOUGH = 43;

    private static final long PATIENCE_MILLIS = 1000;

    private static final ReentrantLock BEGINNING = new ReentrantLock();

    /** Under that lock. */
    private static Supplier<Observer> source;

    private static volatile boolean wanted;
    private static volatile Observer observer;

    private ObserveBridge() {}

    /** Who watches from now on; asked for when there is something to watch, and not before. */
    public static void observe(Supplier<Observer> watching) {
        BEGINNING.lock();
        try {
            observer = null;
            source = watching;
            wanted = watching != null;
        } finally {
            BEGINNING.unlock();
        }
    }

    /** An engine or a socket came to be: there is something to watch. */
    public static void made(Object engineOrSocket) {
        try {
            Observer watching = begun();
            if (watching != null) watching.made(engineOrSocket);
        } catch (Throwable e) {
            AgentBridge.failed(FAILED, e);
        }
    }

    /** The same of a context, which says whose its engines and sockets are. */
    public static void provider(Object innards, Object provider) {
        try {
            Observer watching = begun();
            if (watching == null || innards == null || provider == null) return;
            watching.provider(innards.getClass(), ((Provider) provider).getName());
        } catch (Throwable e) {
            AgentBridge.failed(FAILED, e);
        }
    }

    private static Observer begun() throws Exception {
        Observer watching = observer;
        return watching != null || !wanted ? watching : begin();
    }

    /** While the first thread sees to it the others wait, but not for ever, or what they make would not be watched. */
    private static Observer begin() throws Exception {
        try {
            if (!BEGINNING.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) return null;
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return null;
        }
        try {
            // What making one comes to itself finds nobody.
            Supplier<Observer> waiting = source;
            source = null;
            if (waiting != null) begin(waiting);
            return observer;
        } finally {
            BEGINNING.unlock();
        }
    }

    private static void begin(Supplier<Observer> waiting) throws Exception {
        try {
            observer = Privileged.of(Observer.class, AgentBridge.trusted(waiting::get));
        } finally {
            wanted = observer != null;
        }
    }

    /** What the end of the call is to be told with, null if nobody wants to hear of it. */
    public static Object engineEnters(Object engine, boolean sends, Object network, int offset, int length) {
        Observer watching = observer;
        if (watching == null) return null;
        try {
            return watching.engineEnters(engine, sends, network, offset, length);
        } catch (Throwable e) {
            AgentBridge.failed(FAILED, e);
            return null;
        }
    }

    public static void engineLeaves(Object entered, boolean sends, Object network, Object result, Throwable thrown) {
        Observer watching = observer;
        if (watching == null || entered == null) return;
        try {
            watching.engineLeaves(entered, sends, network, result, thrown);
        } catch (Throwable e) {
            AgentBridge.failed(FAILED, e);
        }
    }

    /** As {@link #engineEnters}. */
    public static Object enters(Object engineOrSocketOrStream) {
        Observer watching = observer;
        if (watching == null) return null;
        try {
            return watching.enters(engineOrSocketOrStream);
        } catch (Throwable e) {
            AgentBridge.failed(FAILED, e);
            return null;
        }
    }

    public static void handshaken(Object entered, Throwable thrown) {
        leaves(entered, Call.HANDSHAKE, 0, thrown);
    }

    public static void read(Object entered, int octets, Throwable thrown) {
        leaves(entered, Call.READ, octets, thrown);
    }

    public static void written(Object entered, int octets, Throwable thrown) {
        leaves(entered, Call.WRITE, octets, thrown);
    }

    public static void closed(Object entered, Throwable thrown) {
        leaves(entered, Call.CLOSE, 0, thrown);
    }

    public static void shutDown(Object entered, Throwable thrown) {
        leaves(entered, Call.SHUT_DOWN, 0, thrown);
    }

    public static void closedOutbound(Object entered, Throwable thrown) {
        leaves(entered, Call.CLOSE_OUTBOUND, 0, thrown);
    }

    public static void called(Object entered, Throwable thrown) {
        leaves(entered, Call.OTHER, 0, thrown);
    }

    private static void leaves(Object entered, Call call, int octets, Throwable thrown) {
        Observer watching = observer;
        if (watching == null || entered == null) return;
        try {
            watching.leaves(entered, call, octets, thrown);
        } catch (Throwable e) {
            AgentBridge.failed(FAILED, e);
        }
    }

    public static void stream(Object socket, Object stream) {
        Observer watching = observer;
        if (watching == null || stream == null) return;
        try {
            watching.stream(socket, stream);
        } catch (Throwable e) {
            AgentBridge.failed(FAILED, e);
        }
    }

    public static void received(Object transport, byte[] octets, int offset, int length) {
        Observer watching = observer;
        if (watching == null) return;
        try {
            watching.received(transport, octets, offset, length);
        } catch (Throwable e) {
            AgentBridge.failed(FAILED, e);
        }
    }

    public static void sent(Object transport, byte[] octets, int offset, int length) {
        Observer watching = observer;
        if (watching == null) return;
        try {
            watching.sent(transport, octets, offset, length);
        } catch (Throwable e) {
            AgentBridge.failed(FAILED, e);
        }
    }

    /** What a channel has read into a buffer, from this index on. */
    public static void channelRead(Object channel, ByteBuffer buffer, int from, int count) {
        Observer watching = observer;
        if (watching == null || count < ENOUGH) return;
        try {
            if (isClientHello(buffer, from)) watching.helloRead(channel, buffer, from);
        } catch (Throwable e) {
            AgentBridge.failed(FAILED, e);
        }
    }

    /** What it has written from one. */
    public static void channelWrote(Object channel, ByteBuffer buffer, int from, long count) {
        Observer watching = observer;
        if (watching == null || count < ENOUGH || buffer.position() - from < ENOUGH) return;
        try {
            if (isClientHello(buffer, from)) watching.helloWritten(channel, buffer, from);
        } catch (Throwable e) {
            AgentBridge.failed(FAILED, e);
        }
    }

    /** The same of several. */
    public static void channelWrote(Object channel, ByteBuffer[] buffers, int offset, int from, long count) {
        if (observer != null && count >= ENOUGH) channelWrote(channel, buffers[offset], from, count);
    }

    /** A channel is about to close. */
    public static void channelCloses(Object channel) {
        Observer watching = observer;
        if (watching == null) return;
        try {
            watching.closes(channel);
        } catch (Throwable e) {
            AgentBridge.failed(FAILED, e);
        }
    }

    /** Of the first of those that are meant. */
    public static int position(ByteBuffer[] buffers, int offset) {
        boolean isThere = buffers != null && offset >= 0 && offset < buffers.length && buffers[offset] != null;
        return isThere ? buffers[offset].position() : 0;
    }

    /** RFC 8446 §5.1 and §4: a record with the type of handshake messages, and in it the type of the message. */
    private static boolean isClientHello(ByteBuffer buffer, int from) {
        return buffer.get(from) == 22 && buffer.get(from + 1) == 3 && buffer.get(from + 5) == 1;
    }

    public static void derives(Object derivation, Object handshake) {
        Observer watching = observer;
        if (watching == null) return;
        try {
            watching.derives(derivation, handshake);
        } catch (Throwable e) {
            AgentBridge.failed(FAILED, e);
        }
    }

    public static void derived(Object derivation, String name, Object secret) {
        Observer watching = observer;
        if (watching == null) return;
        try {
            watching.derived(derivation, name, secret);
        } catch (Throwable e) {
            AgentBridge.failed(FAILED, e);
        }
    }

    public static void masterSecret(Object handshake, Object secret) {
        Observer watching = observer;
        if (watching == null) return;
        try {
            watching.masterSecret(handshake, secret);
        } catch (Throwable e) {
            AgentBridge.failed(FAILED, e);
        }
    }

    public static void secrets(Object bouncyCastleContext) {
        Observer watching = observer;
        if (watching == null) return;
        try {
            watching.secrets(bouncyCastleContext);
        } catch (Throwable e) {
            AgentBridge.failed(FAILED, e);
        }
    }
}
