package org.almosttls.agent.hook;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import net.bytebuddy.matcher.ElementMatcher;
import org.almosttls.agent.boot.ObserveBridge;

/** What makes a handshake, gives a stream out, or ends a socket, of anybody's subclass of {@code SSLSocket}. */
final class WatchedSocketHook implements AdviceHook {

    /** All of it is public and can have no other shape; a subclass may leave it to its parent, which is hooked as well. */
    @Override
    public boolean fits(TypeDescription type) {
        return true;
    }

    @Override
    public DynamicType.Builder<?> weave(DynamicType.Builder<?> builder) {
        return builder.visit(Advice.to(Handshakes.class).on(AdviceHook.own().and(named("startHandshake"))))
                .visit(Advice.to(Asked.class).on(noArguments("getSession")))
                .visit(Advice.to(ShutsDown.class).on(noArguments("shutdownInput", "shutdownOutput")))
                .visit(Advice.to(Closes.class).on(noArguments("close")))
                .visit(Advice.to(GivesStream.class).on(noArguments("getInputStream", "getOutputStream")));
    }

    private static ElementMatcher.Junction<MethodDescription> noArguments(String... names) {
        return AdviceHook.own().and(namedOneOf(names)).and(takesNoArguments());
    }

    /** Of {@code startHandshake}, the public one and those behind it. */
    static final class Handshakes {

        private Handshakes() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(@Advice.This Object socket) {
            return ObserveBridge.enters(socket);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
        static void exit(@Advice.Enter Object entered, @Advice.Thrown Throwable thrown) {
            ObserveBridge.handshaken(entered, thrown);
        }
    }

    /** Of {@code getSession}, which makes a handshake too. */
    static final class Asked {

        private Asked() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(@Advice.This Object socket) {
            return ObserveBridge.enters(socket);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
        static void exit(@Advice.Enter Object entered, @Advice.Thrown Throwable thrown) {
            ObserveBridge.called(entered, thrown);
        }
    }

    /** Of what ends one direction. */
    static final class ShutsDown {

        private ShutsDown() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(@Advice.This Object socket) {
            return ObserveBridge.enters(socket);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
        static void exit(@Advice.Enter Object entered, @Advice.Thrown Throwable thrown) {
            ObserveBridge.shutDown(entered, thrown);
        }
    }

    /** Of {@code close}. */
    static final class Closes {

        private Closes() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(@Advice.This Object socket) {
            return ObserveBridge.enters(socket);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
        static void exit(@Advice.Enter Object entered, @Advice.Thrown Throwable thrown) {
            ObserveBridge.closed(entered, thrown);
        }
    }

    /** Of the two that give streams out. */
    static final class GivesStream {

        private GivesStream() {}

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@Advice.This Object socket, @Advice.Return(typing = Typing.DYNAMIC) Object stream) {
            ObserveBridge.stream(socket, stream);
        }
    }
}
