package org.almosttls.agent.hook;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.returns;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatcher;
import org.almosttls.agent.boot.ObserveBridge;

/** The innards of the platform's sockets: what goes over the network under a socket that does TLS. */
final class WatchedTransportHook implements AdviceHook {

    static final String TYPE = "sun.nio.ch.NioSocketImpl";

    @Override
    public boolean fits(TypeDescription type) {
        return type.getDeclaredMethods().filter(reads()).size() == 1
                && type.getDeclaredMethods().filter(writes()).size() == 1;
    }

    @Override
    public DynamicType.Builder<?> weave(DynamicType.Builder<?> builder) {
        return builder.visit(Advice.to(Reads.class).on(reads()))
                .visit(Advice.to(Writes.class).on(writes()));
    }

    private static ElementMatcher.Junction<MethodDescription> reads() {
        return named("read")
                .and(takesArguments(byte[].class, int.class, int.class))
                .and(returns(int.class));
    }

    private static ElementMatcher.Junction<MethodDescription> writes() {
        return named("write")
                .and(takesArguments(byte[].class, int.class, int.class))
                .and(returns(void.class));
    }

    /** Of {@code read}. */
    static final class Reads {

        private Reads() {}

        @Advice.OnMethodExit
        static void exit(
                @Advice.This Object transport,
                @Advice.Argument(0) byte[] octets,
                @Advice.Argument(1) int offset,
                @Advice.Return int length) {
            ObserveBridge.received(transport, octets, offset, length);
        }
    }

    /** Of {@code write}. */
    static final class Writes {

        private Writes() {}

        @Advice.OnMethodExit
        static void exit(
                @Advice.This Object transport,
                @Advice.Argument(0) byte[] octets,
                @Advice.Argument(1) int offset,
                @Advice.Argument(2) int length) {
            ObserveBridge.sent(transport, octets, offset, length);
        }
    }
}
