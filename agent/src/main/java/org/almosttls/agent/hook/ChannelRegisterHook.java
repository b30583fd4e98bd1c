package org.almosttls.agent.hook;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import java.nio.channels.Selector;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatcher;
import org.almosttls.agent.boot.EngineBridge;

/** Where a selector gets a channel. */
final class ChannelRegisterHook implements AdviceHook {

    static final String TYPE = "java.nio.channels.spi.AbstractSelectableChannel";

    @Override
    public boolean fits(TypeDescription type) {
        return type.getDeclaredMethods().filter(register()).size() == 1;
    }

    @Override
    public DynamicType.Builder<?> weave(DynamicType.Builder<?> builder) {
        return builder.visit(Advice.to(Registered.class).on(register()));
    }

    private static ElementMatcher.Junction<MethodDescription> register() {
        return named("register").and(takesArguments(Selector.class, int.class, Object.class));
    }

    /** Of {@code register}. */
    static final class Registered {

        private Registered() {}

        @Advice.OnMethodExit
        static void exit(@Advice.This Object channel) {
            EngineBridge.registered(channel);
        }
    }
}
