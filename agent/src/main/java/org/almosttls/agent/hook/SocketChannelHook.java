package org.almosttls.agent.hook;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.returns;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.stream.Stream;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatcher;
import org.almosttls.agent.boot.ChannelBridge;

/** All ways by which bytes go through the platform's channel of a socket, those of its {@code socket()} among them. */
final class SocketChannelHook implements AdviceHook {

    static final String TYPE = "sun.nio.ch.SocketChannelImpl";

    @Override
    public boolean fits(TypeDescription type) {
        var methods = type.getDeclaredMethods();
        return Stream.of(
                        read(),
                        scatter(),
                        write(),
                        gather(),
                        readBlocking(),
                        writeBlocking(),
                        available(),
                        connect(),
                        connectBlocking(),
                        shutdownOutput())
                .allMatch(each -> methods.filter(each).size() == 1);
    }

    @Override
    public DynamicType.Builder<?> weave(DynamicType.Builder<?> builder) {
        return builder.visit(Advice.to(Read.class).on(read()))
                .visit(Advice.to(Scatter.class).on(scatter()))
                .visit(Advice.to(Write.class).on(write()))
                .visit(Advice.to(Gather.class).on(gather()))
                .visit(Advice.to(ReadBlocking.class).on(readBlocking()))
                .visit(Advice.to(WriteBlocking.class).on(writeBlocking()))
                .visit(Advice.to(Available.class).on(available()))
                .visit(Advice.to(Connect.class).on(connect()))
                .visit(Advice.to(ConnectBlocking.class).on(connectBlocking()))
                .visit(Advice.to(ShutdownOutput.class).on(shutdownOutput()));
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

    private static ElementMatcher.Junction<MethodDescription> available() {
        return named("available").and(takesArguments(0));
    }

    private static ElementMatcher.Junction<MethodDescription> connect() {
        return named("connect").and(takesArguments(SocketAddress.class));
    }

    private static ElementMatcher.Junction<MethodDescription> connectBlocking() {
        return named("blockingConnect").and(takesArguments(SocketAddress.class, long.class));
    }

    private static ElementMatcher.Junction<MethodDescription> shutdownOutput() {
        return named("shutdownOutput").and(takesArguments(0)).and(returns(SocketChannel.class));
    }

    /** Into one buffer. */
    static final class Read {

        private Read() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static long enter(@Advice.This Object channel, @Advice.Argument(0) ByteBuffer destination) throws IOException {
            return ChannelBridge.read(channel, destination);
        }

        @Advice.OnMethodExit
        static void exit(@Advice.Enter long ours, @Advice.Return(readOnly = false) int count) {
            if (ours != 0) count = (int) ChannelBridge.octets(ours);
        }
    }

    /** Into several. */
    static final class Scatter {

        private Scatter() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static long enter(
                @Advice.This Object channel,
                @Advice.Argument(0) ByteBuffer[] buffers,
                @Advice.Argument(1) int offset,
                @Advice.Argument(2) int length)
                throws IOException {
            return ChannelBridge.read(channel, buffers, offset, length);
        }

        @Advice.OnMethodExit
        static void exit(@Advice.Enter long ours, @Advice.Return(readOnly = false) long count) {
            if (ours != 0) count = ChannelBridge.octets(ours);
        }
    }

    /** From one. */
    static final class Write {

        private Write() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static long enter(@Advice.This Object channel, @Advice.Argument(0) ByteBuffer source) throws IOException {
            return ChannelBridge.write(channel, source);
        }

        @Advice.OnMethodExit
        static void exit(@Advice.Enter long ours, @Advice.Return(readOnly = false) int count) {
            if (ours != 0) count = (int) ChannelBridge.octets(ours);
        }
    }

    /** From several. */
    static final class Gather {

        private Gather() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static long enter(
                @Advice.This Object channel,
                @Advice.Argument(0) ByteBuffer[] buffers,
                @Advice.Argument(1) int offset,
                @Advice.Argument(2) int length)
                throws IOException {
            return ChannelBridge.write(channel, buffers, offset, length);
        }

        @Advice.OnMethodExit
        static void exit(@Advice.Enter long ours, @Advice.Return(readOnly = false) long count) {
            if (ours != 0) count = ChannelBridge.octets(ours);
        }
    }

    /** By the stream of the channel's socket. */
    static final class ReadBlocking {

        private ReadBlocking() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static long enter(
                @Advice.This Object channel,
                @Advice.Argument(0) byte[] destination,
                @Advice.Argument(1) int offset,
                @Advice.Argument(2) int length)
                throws IOException {
            return ChannelBridge.readBlocking(channel, destination, offset, length);
        }

        @Advice.OnMethodExit
        static void exit(@Advice.Enter long ours, @Advice.Return(readOnly = false) int count) {
            if (ours != 0) count = (int) ChannelBridge.octets(ours);
        }
    }

    /** The same of writing. */
    static final class WriteBlocking {

        private WriteBlocking() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Advice.This Object channel,
                @Advice.Argument(0) byte[] source,
                @Advice.Argument(1) int offset,
                @Advice.Argument(2) int length)
                throws IOException {
            return ChannelBridge.writeBlocking(channel, source, offset, length);
        }
    }

    /** What the stream has. */
    static final class Available {

        private Available() {}

        @Advice.OnMethodExit
        static void exit(@Advice.This Object channel, @Advice.Return(readOnly = false) int count) throws IOException {
            count = ChannelBridge.available(channel, count);
        }
    }

    /** Of {@code connect}. */
    static final class Connect {

        private Connect() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.This Object channel, @Advice.Argument(0) SocketAddress server) {
            ChannelBridge.connecting(channel, server);
        }
    }

    /** By the channel's socket. */
    static final class ConnectBlocking {

        private ConnectBlocking() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.This Object channel, @Advice.Argument(0) SocketAddress server) {
            ChannelBridge.connecting(channel, server);
        }
    }

    /** Of {@code shutdownOutput}. */
    static final class ShutdownOutput {

        private ShutdownOutput() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.This Object channel) {
            ChannelBridge.shuttingOutput(channel);
        }
    }
}
