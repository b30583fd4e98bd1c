package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Which channels have something to read that the network does not tell of: selectors do not wait then, and their keys are
 * selected as if the network had told. The platform's own method does that, which is not public.
 */
final class Readiness {

    private final Optional<MethodHandle> selection;
    private final int readable;
    private final WeakIdentities<SocketChannel, ChannelStart> waiting = new WeakIdentities<>();
    /** Whether they may be waiting for the network just now. */
    private final WeakIdentities<Selector, AtomicBoolean> selectors = new WeakIdentities<>();

    private Readiness(Optional<MethodHandle> selection, int readable) {
        this.selection = selection;
        this.readable = readable;
    }

    /** Where the platform's selectors are not of the shape that is known, none can be had. */
    static Readiness open() {
        try {
            if (!System.getProperty("os.name").equals("Linux")) return new Readiness(Optional.empty(), 0);
            Method method = Arrays.stream(
                            Class.forName("sun.nio.ch.SelectorImpl").getDeclaredMethods())
                    .filter(each -> each.getName().equals("processReadyEvents"))
                    .filter(each -> each.getParameterCount() == 3 && each.getReturnType() == int.class)
                    .findFirst()
                    .orElseThrow(NoSuchMethodException::new);
            Field readable = Class.forName("sun.nio.ch.Net").getDeclaredField("POLLIN");
            method.setAccessible(true);
            readable.setAccessible(true);
            return new Readiness(Optional.of(MethodHandles.lookup().unreflect(method)), readable.getShort(null));
        } catch (ReflectiveOperationException | RuntimeException another) {
            return new Readiness(Optional.empty(), 0);
        }
    }

    boolean isKnown() {
        return selection.isPresent();
    }

    /** After each read, and after whatever else may have read. A thread that reads just now will say so too. */
    void note(SocketChannel channel, ChannelStart start) {
        synchronized (start) {
            switch (start.ahead()) {
                case NOTHING -> waiting.remove(channel);
                case SOMETHING -> {
                    if (waiting.of(channel).isPresent()) return;
                    waiting.put(channel, start);
                    wakeUp(channel);
                }
                case UNKNOWN -> {}
            }
        }
    }

    /** Another thread may wait there, and has looked before. */
    private void wakeUp(SocketChannel channel) {
        for (Selector selector : selectors.keys()) {
            boolean waits = selectors.of(selector).filter(AtomicBoolean::get).isPresent();
            if (waits && key(channel, selector).isPresent()) selector.wakeup();
        }
    }

    void forget(SocketChannel channel) {
        waiting.remove(channel);
    }

    /** Before it waits. */
    boolean isReady(Selector selector) {
        waits(selector).set(true);
        if (waiting.isEmpty()) return false;
        return waiting.keys().stream()
                .anyMatch(channel -> key(channel, selector).isPresent());
    }

    private AtomicBoolean waits(Selector selector) {
        Optional<AtomicBoolean> known = selectors.of(selector);
        if (known.isPresent()) return known.get();
        var made = new AtomicBoolean();
        selectors.put(selector, made);
        return made;
    }

    /** Thereafter. */
    int select(Selector selector, Consumer<SelectionKey> action) throws IOException {
        waits(selector).set(false);
        if (waiting.isEmpty() || selection.isEmpty()) return 0;
        int count = 0;
        for (SocketChannel channel : waiting.keys()) {
            Optional<SelectionKey> key = key(channel, selector);
            if (key.isPresent()) count += select(selector, key.get(), action);
        }
        return count;
    }

    private int select(Selector selector, SelectionKey key, Consumer<SelectionKey> action) throws IOException {
        try {
            return (int) selection.get().invoke(selector, readable, key, action);
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** The one by which the selector wants to know whether the channel can be read. */
    private static Optional<SelectionKey> key(SocketChannel channel, Selector selector) {
        try {
            SelectionKey key = channel.keyFor(selector);
            boolean wanted = key != null && key.isValid() && (key.interestOps() & SelectionKey.OP_READ) != 0;
            return wanted ? Optional.of(key) : Optional.empty();
        } catch (RuntimeException cancelled) {
            return Optional.empty();
        }
    }
}
