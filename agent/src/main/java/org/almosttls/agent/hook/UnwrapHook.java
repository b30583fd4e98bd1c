package org.almosttls.agent.hook;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;

import java.nio.ByteBuffer;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatcher;
import org.almosttls.agent.boot.EngineBridge;

/** All of {@code unwrap}, of anybody's subclass of {@code SSLEngine}, whose loader may not let it see the bridge. */
final class UnwrapHook implements AdviceHook {

    /** A subclass may leave all of it to its parent, which is hooked as well. */
    @Override
    public boolean fits(TypeDescription type) {
        return true;
    }

    @Override
    public DynamicType.Builder<?> weave(DynamicType.Builder<?> builder) {
        return builder.visit(Advice.to(Unwraps.class).on(unwrap()));
    }

    private static ElementMatcher.Junction<MethodDescription> unwrap() {
        return AdviceHook.own()
                .and(named("unwrap"))
                .and(takesArgument(0, ByteBuffer.class).or(takesArgument(0, ByteBuffer[].class)));
    }

    /** Of {@code unwrap}. */
    static final class Unwraps {

        private Unwraps() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@Advice.This Object engine, @Advice.Argument(0) Object network) {
            EngineBridge.unwraps(engine, network);
        }
    }
}
