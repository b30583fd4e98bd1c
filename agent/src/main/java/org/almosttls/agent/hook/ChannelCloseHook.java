package org.almosttls.agent.hook;

import static net.bytebuddy.matcher.ElementMatchers.isFinal;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import java.nio.channels.Channel;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatcher;
import org.almosttls.agent.boot.ChannelBridge;

/** The end of a channel, while it can still be written to. */
final class ChannelCloseHook implements AdviceHook {

    static final String TYPE = "java.nio.channels.spi.AbstractInterruptibleChannel";

    @Override
    public boolean fits(TypeDescription type) {
        return type.getDeclaredMethods().filter(close()).size() == 1;
    }

    @Override
    public DynamicType.Builder<?> weave(DynamicType.Builder<?> builder) {
        return builder.visit(Advice.to(Close.class).on(close()));
    }

    private static ElementMatcher.Junction<MethodDescription> close() {
        return named("close").and(isFinal()).and(takesArguments(0));
    }

    /** Of {@code close}. */
    static final class Close {

        private Close() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.This Channel channel) {
            ChannelBridge.closing(channel);
        }
    }
}
