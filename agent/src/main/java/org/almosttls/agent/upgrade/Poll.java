package org.almosttls.agent.upgrade;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** Asks whether a channel can be read or written, whoever reads or writes it meanwhile; the platform's way to ask is not public. */
final class Poll {

    private static final Optional<Poll> PLATFORM = open();

    private final MethodHandle poll;
    private final MethodHandle descriptor;
    private final int toRead;
    private final int toWrite;

    private Poll(MethodHandle poll, MethodHandle descriptor, int toRead, int toWrite) {
        this.poll = poll;
        this.descriptor = descriptor;
        this.toRead = toRead;
        this.toWrite = toWrite;
    }

    private static Optional<Poll> open() {
        try {
            Class<?> net = Class.forName("sun.nio.ch.Net");
            Method poll = net.getDeclaredMethod("poll", FileDescriptor.class, int.class, long.class);
            Method descriptor = Class.forName("sun.nio.ch.SelChImpl").getDeclaredMethod("getFD");
            poll.setAccessible(true);
            descriptor.setAccessible(true);
            var lookup = MethodHandles.lookup();
            return Optional.of(new Poll(
                    lookup.unreflect(poll), lookup.unreflect(descriptor), event(net, "POLLIN"), event(net, "POLLOUT")));
        } catch (ReflectiveOperationException | RuntimeException another) {
            return Optional.empty();
        }
    }

    private static int event(Class<?> net, String name) throws ReflectiveOperationException {
        Field field = net.getDeclaredField(name);
        field.setAccessible(true);
        return field.getShort(null);
    }

    /** Whether reading, or else writing, would not wait; it has so long to become so. Where nobody can be asked, it is not. */
    static boolean isReady(SocketChannel channel, boolean reading, long millis) throws IOException {
        return PLATFORM.isPresent() && PLATFORM.get().ask(channel, reading, millis);
    }

    private boolean ask(SocketChannel channel, boolean reading, long millis) throws IOException {
        try {
            var socket = (FileDescriptor) descriptor.invoke(channel);
            return (int) poll.invoke(socket, reading ? toRead : toWrite, millis) != 0;
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
