package org.almosttls.agent.hook;

import static net.bytebuddy.matcher.ElementMatchers.isPublic;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.returns;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatcher;
import org.almosttls.agent.boot.UpgradeBridge;

/**
 * A socket's streams and ends. It keeps its streams in two fields of its own, and so keeps ours, for as long as it lives
 * and no longer.
 */
final class SocketHook implements AdviceHook {

    static final String TYPE = "java.net.Socket";

    @Override
    public boolean fits(TypeDescription type) {
        return type.getDeclaredMethods()
                                .filter(input().or(output())
                                        .or(connect())
                                        .or(end("close"))
                                        .or(end("shutdownOutput")))
                                .size()
                        == 5
                && type.getDeclaredFields()
                                .filter(named("in").or(named("out")))
                                .filter(field -> field.getType().represents(InputStream.class)
                                        || field.getType().represents(OutputStream.class))
                                .size()
                        == 2;
    }

    @Override
    public DynamicType.Builder<?> weave(DynamicType.Builder<?> builder) {
        return builder.visit(Advice.to(Input.class).on(input()))
                .visit(Advice.to(Output.class).on(output()))
                .visit(Advice.to(Connect.class).on(connect()))
                .visit(Advice.to(Close.class).on(end("close")))
                .visit(Advice.to(ShutdownOutput.class).on(end("shutdownOutput")));
    }

    private static ElementMatcher.Junction<MethodDescription> input() {
        return named("getInputStream").and(takesNoArguments()).and(returns(InputStream.class));
    }

    private static ElementMatcher.Junction<MethodDescription> output() {
        return named("getOutputStream").and(takesNoArguments()).and(returns(OutputStream.class));
    }

    private static ElementMatcher.Junction<MethodDescription> connect() {
        return named("connect").and(takesArguments(SocketAddress.class, int.class));
    }

    private static ElementMatcher.Junction<MethodDescription> end(String name) {
        return named(name).and(isPublic()).and(takesNoArguments()).and(returns(void.class));
    }

    /** Of {@code getInputStream}. */
    static final class Input {

        private Input() {}

        @Advice.OnMethodExit
        static void exit(
                @Advice.This Object socket,
                @Advice.FieldValue(value = "in", readOnly = false) InputStream kept,
                @Advice.Return(readOnly = false) InputStream answer)
                throws IOException {
            answer = UpgradeBridge.input(socket, answer);
            kept = answer;
        }
    }

    /** Of {@code getOutputStream}. */
    static final class Output {

        private Output() {}

        @Advice.OnMethodExit
        static void exit(
                @Advice.This Object socket,
                @Advice.FieldValue(value = "out", readOnly = false) OutputStream kept,
                @Advice.Return(readOnly = false) OutputStream answer)
                throws IOException {
            answer = UpgradeBridge.output(socket, answer);
            kept = answer;
        }
    }

    /** Of {@code connect}. */
    static final class Connect {

        private Connect() {}

        @Advice.OnMethodEnter
        static void enter(
                @Advice.This Object socket, @Advice.Argument(0) SocketAddress server, @Advice.Argument(1) int millis) {
            UpgradeBridge.connecting(socket, server, millis);
        }
    }

    /** Of {@code close}. */
    static final class Close {

        private Close() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.This Object socket) {
            UpgradeBridge.closing(socket);
        }
    }

    /** Of {@code shutdownOutput}. */
    static final class ShutdownOutput {

        private ShutdownOutput() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.This Object socket) {
            UpgradeBridge.shuttingOutput(socket);
        }
    }
}
