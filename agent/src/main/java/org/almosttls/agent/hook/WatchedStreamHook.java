package org.almosttls.agent.hook;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.returns;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatcher;
import org.almosttls.agent.boot.ObserveBridge;

/** The streams of application data that sockets give out, whoever's class they are. */
final class WatchedStreamHook implements AdviceHook {

    /** As of engines and sockets. */
    @Override
    public boolean fits(TypeDescription type) {
        return true;
    }

    @Override
    public DynamicType.Builder<?> weave(DynamicType.Builder<?> builder) {
        return builder.visit(Advice.to(ReadsOne.class)
                        .on(own("read").and(takesNoArguments()).and(returns(int.class))))
                .visit(Advice.to(ReadsMany.class)
                        .on(own("read")
                                .and(takesArguments(byte[].class, int.class, int.class))
                                .and(returns(int.class))))
                .visit(Advice.to(WritesOne.class).on(own("write").and(takesArguments(int.class))))
                .visit(Advice.to(WritesMany.class)
                        .on(own("write").and(takesArguments(byte[].class, int.class, int.class))))
                .visit(Advice.to(Calls.class)
                        .on(own("flush", "close", "available").and(takesNoArguments())));
    }

    private static ElementMatcher.Junction<MethodDescription> own(String... names) {
        ElementMatcher.Junction<MethodDescription> named = names.length == 1 ? named(names[0]) : namedOneOf(names);
        return AdviceHook.own().and(named);
    }

    /** Of {@code read()}. */
    static final class ReadsOne {

        private ReadsOne() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(@Advice.This Object stream) {
            return ObserveBridge.enters(stream);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
        static void exit(@Advice.Enter Object entered, @Advice.Return int octet, @Advice.Thrown Throwable thrown) {
            ObserveBridge.read(entered, octet < 0 ? -1 : 1, thrown);
        }
    }

    /** Of {@code read} into an array. */
    static final class ReadsMany {

        private ReadsMany() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(@Advice.This Object stream) {
            return ObserveBridge.enters(stream);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
        static void exit(@Advice.Enter Object entered, @Advice.Return int octets, @Advice.Thrown Throwable thrown) {
            ObserveBridge.read(entered, octets, thrown);
        }
    }

    /** Of {@code write} of one octet. */
    static final class WritesOne {

        private WritesOne() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(@Advice.This Object stream) {
            return ObserveBridge.enters(stream);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
        static void exit(@Advice.Enter Object entered, @Advice.Thrown Throwable thrown) {
            ObserveBridge.written(entered, 1, thrown);
        }
    }

    /** Of {@code write} of part of an array. */
    static final class WritesMany {

        private WritesMany() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(@Advice.This Object stream) {
            return ObserveBridge.enters(stream);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
        static void exit(
                @Advice.Enter Object entered, @Advice.Argument(2) int octets, @Advice.Thrown Throwable thrown) {
            ObserveBridge.written(entered, octets, thrown);
        }
    }

    /** Of the rest that may do network. */
    static final class Calls {

        private Calls() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(@Advice.This Object stream) {
            return ObserveBridge.enters(stream);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
        static void exit(@Advice.Enter Object entered, @Advice.Thrown Throwable thrown) {
            ObserveBridge.called(entered, thrown);
        }
    }
}
