package org.almosttls.agent.hook;

import static net.bytebuddy.matcher.ElementMatchers.isDeclaredBy;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.returns;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import java.nio.ByteBuffer;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import net.bytebuddy.matcher.ElementMatcher;
import org.almosttls.agent.boot.ObserveBridge;

/**
 * {@code wrap}, {@code unwrap} and what ends an engine, of anybody's subclass of {@code SSLEngine}; also where it takes
 * several buffers at once from the network, which the platform's class does not. Not every loader lets its classes see
 * the bridge, so what goes wrong is swallowed here too.
 */
final class WatchedEngineHook implements AdviceHook {

    private static final String RESULT = "javax.net.ssl.SSLEngineResult";

    /** All of it is public and can have no other shape; a subclass may leave it to its parent, which is hooked as well. */
    @Override
    public boolean fits(TypeDescription type) {
        return true;
    }

    @Override
    public DynamicType.Builder<?> weave(DynamicType.Builder<?> builder) {
        return builder.visit(Advice.to(WrapsIntoSecond.class)
                        .on(call("wrap").and(takesArguments(2)).and(takesArgument(1, ByteBuffer.class))))
                .visit(Advice.to(WrapsIntoFourth.class)
                        .on(call("wrap")
                                .and(takesArguments(ByteBuffer[].class, int.class, int.class, ByteBuffer.class))))
                .visit(Advice.to(UnwrapsFirst.class)
                        .on(call("unwrap")
                                .and(takesArgument(0, ByteBuffer.class).or(ofWholeArray()))))
                .visit(Advice.to(UnwrapsSome.class).on(call("unwrap").and(ofSomeOfAnArray())))
                .visit(Advice.to(Begins.class)
                        .on(AdviceHook.own().and(named("beginHandshake")).and(takesNoArguments())))
                .visit(Advice.to(ClosesOutbound.class)
                        .on(AdviceHook.own().and(named("closeOutbound")).and(takesNoArguments())))
                .visit(Advice.to(ShutsDown.class)
                        .on(AdviceHook.own()
                                .and(namedOneOf("closeInbound", "shutdown"))
                                .and(takesNoArguments())));
    }

    private static ElementMatcher.Junction<MethodDescription> call(String name) {
        return AdviceHook.own().and(named(name)).and(returns(named(RESULT))).and(not(isBehindThePlatforms()));
    }

    /** What takes several buffers at both sides is only called by what takes one. */
    private static ElementMatcher.Junction<MethodDescription> isBehindThePlatforms() {
        return isDeclaredBy(named("sun.security.ssl.SSLEngineImpl")).and(takesArguments(6));
    }

    private static ElementMatcher.Junction<MethodDescription> ofWholeArray() {
        return takesArgument(0, ByteBuffer[].class).and(not(takesArgument(1, int.class)));
    }

    private static ElementMatcher.Junction<MethodDescription> ofSomeOfAnArray() {
        return takesArgument(0, ByteBuffer[].class)
                .and(takesArgument(1, int.class))
                .and(takesArgument(2, int.class));
    }

    /** Of {@code wrap} into the last of two arguments. */
    static final class WrapsIntoSecond {

        private WrapsIntoSecond() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(@Advice.This Object engine, @Advice.Argument(1) Object network) {
            return ObserveBridge.engineEnters(engine, true, network, 0, 1);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
        static void exit(
                @Advice.Enter Object entered,
                @Advice.Argument(1) Object network,
                @Advice.Return(typing = Typing.DYNAMIC) Object result,
                @Advice.Thrown Throwable thrown) {
            ObserveBridge.engineLeaves(entered, true, network, result, thrown);
        }
    }

    /** Of {@code wrap} into the last of four arguments. */
    static final class WrapsIntoFourth {

        private WrapsIntoFourth() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(@Advice.This Object engine, @Advice.Argument(3) Object network) {
            return ObserveBridge.engineEnters(engine, true, network, 0, 1);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
        static void exit(
                @Advice.Enter Object entered,
                @Advice.Argument(3) Object network,
                @Advice.Return(typing = Typing.DYNAMIC) Object result,
                @Advice.Thrown Throwable thrown) {
            ObserveBridge.engineLeaves(entered, true, network, result, thrown);
        }
    }

    /** Of {@code unwrap} of one buffer, or of all of an array. */
    static final class UnwrapsFirst {

        private UnwrapsFirst() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(@Advice.This Object engine, @Advice.Argument(0) Object network) {
            return ObserveBridge.engineEnters(engine, false, network, 0, Integer.MAX_VALUE);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
        static void exit(
                @Advice.Enter Object entered,
                @Advice.Argument(0) Object network,
                @Advice.Return(typing = Typing.DYNAMIC) Object result,
                @Advice.Thrown Throwable thrown) {
            ObserveBridge.engineLeaves(entered, false, network, result, thrown);
        }
    }

    /** Of {@code unwrap} of some of an array. */
    static final class UnwrapsSome {

        private UnwrapsSome() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(
                @Advice.This Object engine,
                @Advice.Argument(0) Object network,
                @Advice.Argument(1) int offset,
                @Advice.Argument(2) int length) {
            return ObserveBridge.engineEnters(engine, false, network, offset, length);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
        static void exit(
                @Advice.Enter Object entered,
                @Advice.Argument(0) Object network,
                @Advice.Return(typing = Typing.DYNAMIC) Object result,
                @Advice.Thrown Throwable thrown) {
            ObserveBridge.engineLeaves(entered, false, network, result, thrown);
        }
    }

    /** Of {@code beginHandshake}. */
    static final class Begins {

        private Begins() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(@Advice.This Object engine) {
            return ObserveBridge.enters(engine);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
        static void exit(@Advice.Enter Object entered, @Advice.Thrown Throwable thrown) {
            ObserveBridge.called(entered, thrown);
        }
    }

    /** Of {@code closeOutbound}. */
    static final class ClosesOutbound {

        private ClosesOutbound() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(@Advice.This Object engine) {
            return ObserveBridge.enters(engine);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
        static void exit(@Advice.Enter Object entered, @Advice.Thrown Throwable thrown) {
            ObserveBridge.closedOutbound(entered, thrown);
        }
    }

    /** Of what ends the other direction, or both. */
    static final class ShutsDown {

        private ShutsDown() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(@Advice.This Object engine) {
            return ObserveBridge.enters(engine);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
        static void exit(@Advice.Enter Object entered, @Advice.Thrown Throwable thrown) {
            ObserveBridge.shutDown(entered, thrown);
        }
    }
}
