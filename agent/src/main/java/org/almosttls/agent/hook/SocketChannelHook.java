package org.almosttls.agent.hook;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import java.io.IOException;
import java.nio.ByteBuffer;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatcher;
import org.almosttls.agent.boot.ChannelBridge;

/** All ways by which bytes go through the platform's channel of a socket, those of its {@code socket()} among them. */
final class SocketChannelHook implements Hook {

    static final String TYPE = "sun.nio.ch.SocketChannelImpl";

    @Override
    public boolean fits(TypeDescription type) {
        return type.getDeclaredMethods()
                        .filter(read().or(scatter())
                                .or(write())
                                .or(gather())
                                .or(readBlocking())
                                .or(writeBlocking()))
                        .size()
                == 6;
    }

    @Override
    public DynamicType.Builder<?> weave(DynamicType.Builder<?> builder) {
        return builder.visit(Advice.to(Read.class).on(read()))
                .visit(Advice.to(Scatter.class).on(scatter()))
                .visit(Advice.to(Write.class).on(write()))
                .visit(Advice.to(Gather.class).on(gather()))
                .visit(Advice.to(ReadBlocking.class).on(readBlocking()))
                .visit(Advice.to(WriteBlocking.class).on(writeBlocking()));
    }

    private static ElementMatcher.Junction<MethodDescription> read() {
        return named("read").and(takesArguments(ByteBuffer.class));
    }

    private static ElementMatcher.Junction<MethodDescription> scatter() {
        return named("read").and(takesArguments(ByteBuffer[].class, int.class, int.class));
    }

    private static ElementMatcher.Junction<MethodDescription> write() {
        return named("write").and(takesArguments(ByteBuffer.class));
    }

    private static ElementMatcher.Junction<MethodDescription> gather() {
        return named("write").and(takesArguments(ByteBuffer[].class, int.class, int.class));
    }

    private static ElementMatcher.Junction<MethodDescription> readBlocking() {
        return named("blockingRead").and(takesArguments(byte[].class, int.class, int.class, long.class));
    }

    private static ElementMatcher.Junction<MethodDescription> writeBlocking() {
        return named("blockingWriteFully").and(takesArguments(byte[].class, int.class, int.class));
    }

    /** Into one buffer. */
    static final class Read {

        private Read() {}

        @Advice.OnMethodEnter
        static int enter(@Advice.Argument(0) ByteBuffer destination) {
            return destination == null ? 0 : destination.position();
        }

        @Advice.OnMethodExit
        static void exit(
                @Advice.This Object channel,
                @Advice.Argument(0) ByteBuffer destination,
                @Advice.Enter int from,
                @Advice.Return int count)
                throws IOException {
            ChannelBridge.read(channel, destination, from, count);
        }
    }

    /** Into several: the first that has room says what comes. */
    static final class Scatter {

        private Scatter() {}

        @Advice.OnMethodEnter
        static int enter(@Advice.Argument(0) ByteBuffer[] destinations, @Advice.Argument(1) int offset) {
            boolean has = destinations != null && offset >= 0 && offset < destinations.length;
            return has && destinations[offset] != null ? destinations[offset].position() : 0;
        }

        @Advice.OnMethodExit
        static void exit(
                @Advice.This Object channel,
                @Advice.Argument(0) ByteBuffer[] destinations,
                @Advice.Argument(1) int offset,
                @Advice.Enter int from,
                @Advice.Return long count)
                throws IOException {
            if (count > 0) ChannelBridge.read(channel, destinations[offset], from, count);
        }
    }

    /** From one. */
    static final class Write {

        private Write() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.This Object channel, @Advice.Argument(0) ByteBuffer source) throws IOException {
            if (source != null) ChannelBridge.writing(channel, source);
        }
    }

    /** From several. */
    static final class Gather {

        private Gather() {}

        @Advice.OnMethodEnter
        static void enter(
                @Advice.This Object channel,
                @Advice.Argument(0) ByteBuffer[] sources,
                @Advice.Argument(1) int offset,
                @Advice.Argument(2) int length)
                throws IOException {
            if (sources != null && offset >= 0) ChannelBridge.writing(channel, sources, offset, length);
        }
    }

    /** By the stream of the channel's socket. */
    static final class ReadBlocking {

        private ReadBlocking() {}

        @Advice.OnMethodExit
        static void exit(
                @Advice.This Object channel,
                @Advice.Argument(0) byte[] destination,
                @Advice.Argument(1) int offset,
                @Advice.Return int count)
                throws IOException {
            ChannelBridge.read(channel, destination, offset, count);
        }
    }

    /** The same of writing. */
    static final class WriteBlocking {

        private WriteBlocking() {}

        @Advice.OnMethodEnter
        static void enter(
                @Advice.This Object channel,
                @Advice.Argument(0) byte[] source,
                @Advice.Argument(1) int offset,
                @Advice.Argument(2) int length)
                throws IOException {
            ChannelBridge.writing(channel, source, offset, length);
        }
    }
}
