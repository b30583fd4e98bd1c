package org.almosttls.agent.hook;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatcher;
import org.almosttls.agent.boot.ChannelBridge;

/** Transfers between a file and a channel, which need not go through the channel's own methods. */
final class FileChannelHook implements AdviceHook {

    static final String TYPE = "sun.nio.ch.FileChannelImpl";

    @Override
    public boolean fits(TypeDescription type) {
        return type.getDeclaredMethods().filter(to().or(from())).size() == 2;
    }

    @Override
    public DynamicType.Builder<?> weave(DynamicType.Builder<?> builder) {
        return builder.visit(Advice.to(To.class).on(to()))
                .visit(Advice.to(From.class).on(from()));
    }

    private static ElementMatcher.Junction<MethodDescription> to() {
        return named("transferTo").and(takesArguments(long.class, long.class, WritableByteChannel.class));
    }

    private static ElementMatcher.Junction<MethodDescription> from() {
        return named("transferFrom").and(takesArguments(ReadableByteChannel.class, long.class, long.class));
    }

    /** Of {@code transferTo}. */
    static final class To {

        private To() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static long enter(
                @Advice.This Object file,
                @Advice.Argument(0) long position,
                @Advice.Argument(1) long count,
                @Advice.Argument(2) WritableByteChannel target)
                throws IOException {
            return ChannelBridge.transferTo(file, position, count, target);
        }

        @Advice.OnMethodExit
        static void exit(@Advice.Enter long ours, @Advice.Return(readOnly = false) long count) {
            if (ours != 0) count = ChannelBridge.octets(ours);
        }
    }

    /** Of {@code transferFrom}. */
    static final class From {

        private From() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static long enter(
                @Advice.This Object file,
                @Advice.Argument(0) ReadableByteChannel source,
                @Advice.Argument(1) long position,
                @Advice.Argument(2) long count)
                throws IOException {
            return ChannelBridge.transferFrom(file, source, position, count);
        }

        @Advice.OnMethodExit
        static void exit(@Advice.Enter long ours, @Advice.Return(readOnly = false) long count) {
            if (ours != 0) count = ChannelBridge.octets(ours);
        }
    }
}
