package org.almosttls.agent.hook;

import static net.bytebuddy.matcher.ElementMatchers.isFinal;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import java.net.Socket;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatcher;
import org.almosttls.agent.boot.UpgradeBridge;

/** Where a listening socket, of whatever class, comes by a connection. */
final class ServerSocketHook implements AdviceHook {

    static final String TYPE = "java.net.ServerSocket";

    @Override
    public boolean fits(TypeDescription type) {
        return type.getDeclaredMethods().filter(accept()).size() == 1;
    }

    @Override
    public DynamicType.Builder<?> weave(DynamicType.Builder<?> builder) {
        return builder.visit(Advice.to(Accepted.class).on(accept()));
    }

    private static ElementMatcher.Junction<MethodDescription> accept() {
        return isFinal().and(named("implAccept")).and(takesArguments(Socket.class));
    }

    /** Of {@code implAccept}. */
    static final class Accepted {

        private Accepted() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Argument(0) Object socket) {
            UpgradeBridge.accepted(socket);
        }
    }
}
