package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Which channels have something to read that the network does not tell of: selectors do not wait then, and their keys are
 * selected as if the network had told. The platform's own method does that, which is not public.
 */
final class Readiness {

    static final int NOWHERE = -1;

    /**
     * Of Linux, in poll.h and in epoll.h. The platform's class that knows it too is not asked: newer JVMs begin to look for
     * properties of their security with it.
     */
    private static final int POLLIN = 1;

    private final Optional<MethodHandle> selection;
    /** In no order. */
    private final List<ChannelStart> waiting = new ArrayList<>();

    private volatile int many;
    private final WaitingSelectors selectors = new WaitingSelectors();

    private Readiness(Optional<MethodHandle> selection) {
        this.selection = selection;
    }

    /** Where the platform's selectors are not of the shape that is known, none can be had. */
    static Readiness open() {
        try {
            if (!System.getProperty("os.name").equals("Linux")) return new Readiness(Optional.empty());
            Method method = Arrays.stream(Class.forName("sun.nio.ch.SelectorImpl", false, null)
                            .getDeclaredMethods())
                    .filter(each -> each.getName().equals("processReadyEvents"))
                    .filter(each -> each.getParameterCount() == 3 && each.getReturnType() == int.class)
                    .findFirst()
                    .orElseThrow(NoSuchMethodException::new);
            method.setAccessible(true);
            return new Readiness(Optional.of(MethodHandles.lookup().unreflect(method)));
        } catch (ReflectiveOperationException | RuntimeException another) {
            return new Readiness(Optional.empty());
        }
    }

    boolean isKnown() {
        return selection.isPresent();
    }

    /** After each read, and after whatever else may have read. A thread that reads just now will say so too. */
    void note(ChannelStart start) {
        synchronized (start) {
            switch (start.ahead()) {
                case NOTHING -> forget(start);
                case SOMETHING -> await(start);
                case UNKNOWN -> {}
            }
        }
    }

    void forget(ChannelStart start) {
        if (start.place == NOWHERE) return;
        synchronized (waiting) {
            remove(start);
        }
    }

    private void await(ChannelStart start) {
        if (start.place != NOWHERE) return;
        synchronized (waiting) {
            start.place = waiting.size();
            waiting.add(start);
            many = waiting.size();
        }
        // Another thread may wait there, and has looked before.
        SocketChannel channel = start.network().channelOrNull();
        if (channel != null) selectors.wake(channel);
    }

    /** The last one takes its place. */
    private void remove(ChannelStart start) {
        if (start.place == NOWHERE) return;
        ChannelStart last = waiting.remove(waiting.size() - 1);
        if (last != start) {
            waiting.set(start.place, last);
            last.place = start.place;
        }
        start.place = NOWHERE;
        many = waiting.size();
    }

    /** Before it waits. */
    boolean isReady(Selector selector) {
        selectors.waits(selector, true);
        for (int i = many - 1; i >= 0; i--) if (keyAt(i, selector) != null) return true;
        return false;
    }

    /**
     * Thereafter. From the last to the first: who reads one meanwhile puts one in its place that was looked at already.
     */
    int select(Selector selector, Consumer<SelectionKey> action) throws IOException {
        selectors.waits(selector, false);
        if (selection.isEmpty()) return 0;
        int count = 0;
        for (int i = many - 1; i >= 0; i--) {
            SelectionKey key = keyAt(i, selector);
            if (key != null) count += select(selector, key, action);
        }
        return count;
    }

    private int select(Selector selector, SelectionKey key, Consumer<SelectionKey> action) throws IOException {
        try {
            return (int) selection.get().invoke(selector, POLLIN, key, action);
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of the channel at that place; null if the selector does not want to know of it. */
    private SelectionKey keyAt(int place, Selector selector) {
        SocketChannel channel = channelAt(place);
        return channel == null ? null : WaitingSelectors.keyToRead(channel, selector);
    }

    private SocketChannel channelAt(int place) {
        synchronized (waiting) {
            if (place >= waiting.size()) return null;
            ChannelStart start = waiting.get(place);
            SocketChannel channel = start.network().channelOrNull();
            if (channel == null) remove(start);
            return channel;
        }
    }
}
