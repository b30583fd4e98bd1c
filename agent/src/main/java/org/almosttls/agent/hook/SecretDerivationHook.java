package org.almosttls.agent.hook;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import net.bytebuddy.matcher.ElementMatcher;
import org.almosttls.agent.boot.ObserveBridge;

/** Where the platform's TLS 1.3 derives one secret from another: for which handshake, and what comes of it. */
final class SecretDerivationHook implements AdviceHook {

    static final String TYPE = "sun.security.ssl.SSLSecretDerivation";

    private static final String HANDSHAKE = "sun.security.ssl.HandshakeContext";

    @Override
    public boolean fits(TypeDescription type) {
        return type.getDeclaredMethods().filter(made()).size() == 1
                && type.getDeclaredMethods().filter(derives()).size() == 1;
    }

    @Override
    public DynamicType.Builder<?> weave(DynamicType.Builder<?> builder) {
        return builder.visit(Advice.to(Made.class).on(made()))
                .visit(Advice.to(Derives.class).on(derives()));
    }

    private static ElementMatcher.Junction<MethodDescription> made() {
        return isConstructor().and(takesArgument(0, named(HANDSHAKE)));
    }

    private static ElementMatcher.Junction<MethodDescription> derives() {
        return named("deriveKey").and(takesArgument(0, String.class));
    }

    /** Of its constructor. */
    static final class Made {

        private Made() {}

        @Advice.OnMethodExit
        static void exit(
                @Advice.This Object derivation, @Advice.Argument(value = 0, typing = Typing.DYNAMIC) Object handshake) {
            ObserveBridge.derives(derivation, handshake);
        }
    }

    /** Of {@code deriveKey}. */
    static final class Derives {

        private Derives() {}

        @Advice.OnMethodExit
        static void exit(
                @Advice.This Object derivation,
                @Advice.Argument(0) String name,
                @Advice.Return(typing = Typing.DYNAMIC) Object secret) {
            ObserveBridge.derived(derivation, name, secret);
        }
    }
}
