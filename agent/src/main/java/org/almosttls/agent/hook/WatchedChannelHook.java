package org.almosttls.agent.hook;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.returns;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import java.nio.ByteBuffer;
import java.util.stream.Stream;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatcher;
import org.almosttls.agent.boot.ObserveBridge;

/**
 * What goes over the platform's channels of sockets, as far as engines are found by it: what begins with a ClientHello;
 * and the end of them.
 */
final class WatchedChannelHook implements AdviceHook {

    @Override
    public boolean fits(TypeDescription type) {
        var methods = type.getDeclaredMethods();
        return Stream.of(reads(), writes(), gathers(), closes())
                .allMatch(each -> methods.filter(each).size() == 1);
    }

    @Override
    public DynamicType.Builder<?> weave(DynamicType.Builder<?> builder) {
        return builder.visit(Advice.to(Reads.class).on(reads()))
                .visit(Advice.to(Writes.class).on(writes()))
                .visit(Advice.to(Gathers.class).on(gathers()))
                .visit(Advice.to(Closes.class).on(closes()));
    }

    private static ElementMatcher.Junction<MethodDescription> reads() {
        return named("read").and(takesArguments(ByteBuffer.class)).and(returns(int.class));
    }

    private static ElementMatcher.Junction<MethodDescription> writes() {
        return named("write").and(takesArguments(ByteBuffer.class)).and(returns(int.class));
    }

    private static ElementMatcher.Junction<MethodDescription> gathers() {
        return named("write")
                .and(takesArguments(ByteBuffer[].class, int.class, int.class))
                .and(returns(long.class));
    }

    private static ElementMatcher.Junction<MethodDescription> closes() {
        return named("implCloseSelectableChannel").and(takesArguments(0));
    }

    /** Of {@code read} into one buffer. */
    static final class Reads {

        private Reads() {}

        @Advice.OnMethodEnter
        static int enter(@Advice.Argument(0) ByteBuffer buffer) {
            return buffer == null ? 0 : buffer.position();
        }

        @Advice.OnMethodExit
        static void exit(
                @Advice.This Object channel,
                @Advice.Argument(0) ByteBuffer buffer,
                @Advice.Enter int from,
                @Advice.Return int count) {
            ObserveBridge.channelRead(channel, buffer, from, count);
        }
    }

    /** Of {@code write} from one buffer. */
    static final class Writes {

        private Writes() {}

        @Advice.OnMethodEnter
        static int enter(@Advice.Argument(0) ByteBuffer buffer) {
            return buffer == null ? 0 : buffer.position();
        }

        @Advice.OnMethodExit
        static void exit(
                @Advice.This Object channel,
                @Advice.Argument(0) ByteBuffer buffer,
                @Advice.Enter int from,
                @Advice.Return int count) {
            ObserveBridge.channelWrote(channel, buffer, from, count);
        }
    }

    /** Of {@code write} from several, of which the first counts. */
    static final class Gathers {

        private Gathers() {}

        @Advice.OnMethodEnter
        static int enter(@Advice.Argument(0) ByteBuffer[] buffers, @Advice.Argument(1) int offset) {
            return ObserveBridge.position(buffers, offset);
        }

        @Advice.OnMethodExit
        static void exit(
                @Advice.This Object channel,
                @Advice.Argument(0) ByteBuffer[] buffers,
                @Advice.Argument(1) int offset,
                @Advice.Enter int from,
                @Advice.Return long count) {
            ObserveBridge.channelWrote(channel, buffers, offset, from, count);
        }
    }

    /** Of what {@code close} does once. */
    static final class Closes {

        private Closes() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.This Object channel) {
            ObserveBridge.channelCloses(channel);
        }
    }
}
