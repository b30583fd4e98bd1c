package org.almosttls.agent.hook;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.returns;

import java.nio.channels.SocketChannel;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import net.bytebuddy.matcher.ElementMatcher;
import org.almosttls.agent.boot.ChannelBridge;

/** Where a listening channel, or its {@code socket()}, comes by a connection. */
final class ServerSocketChannelHook implements AdviceHook {

    static final String TYPE = "sun.nio.ch.ServerSocketChannelImpl";

    @Override
    public boolean fits(TypeDescription type) {
        return type.getDeclaredMethods().filter(accept()).size() == 1;
    }

    @Override
    public DynamicType.Builder<?> weave(DynamicType.Builder<?> builder) {
        return builder.visit(Advice.to(Accepted.class).on(accept()));
    }

    private static ElementMatcher.Junction<MethodDescription> accept() {
        return named("finishAccept").and(returns(SocketChannel.class));
    }

    /** Of {@code finishAccept}. */
    static final class Accepted {

        private Accepted() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(typing = Typing.DYNAMIC) Object channel) {
            ChannelBridge.accepted(channel);
        }
    }
}
