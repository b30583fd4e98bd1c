package org.almosttls.agent.observe;

import java.lang.ref.WeakReference;
import java.nio.channels.SocketChannel;
import java.util.function.BiConsumer;
import org.almosttls.agent.observe.Observation.Kind;

/** The classes that turn up to be watched. Most engines and sockets are of the same one as the one before. */
final class Newcomers {

    private final BiConsumer<Kind, Class<?>> hears;
    private volatile WeakReference<Class<?>> latest = new WeakReference<>(null);

    Newcomers(BiConsumer<Kind, Class<?>> hears) {
        this.hears = hears;
    }

    /** Of an engine or a socket; whoever comes behind the first one of its class goes on when that has been heard. */
    void made(Kind kind, Class<?> type) {
        if (latest.refersTo(type)) return;
        hears.accept(kind, type);
        if (kind == Kind.ENGINE) channels();
        latest = new WeakReference<>(type);
    }

    void stream(Class<?> type) {
        hears.accept(Kind.STREAM, type);
    }

    void channels() {
        hears.accept(Kind.CHANNEL, SocketChannel.class);
    }
}
