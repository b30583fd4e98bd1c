package org.almosttls.agent.hook;

import static net.bytebuddy.matcher.ElementMatchers.isStatic;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import net.bytebuddy.matcher.ElementMatcher;
import org.almosttls.agent.boot.ObserveBridge;

/** Where Bouncy Castle's TLS has secrets: after each phase of TLS 1.3, and before the keys of earlier ones. */
final class BouncyCastleSecretsHook implements AdviceHook {

    /** In pieces, as {@link Hooks#BOUNCY_CASTLE_SECRETS} is. */
    private static final String HOME = String.join(".", "org", "bouncycastle", "tls");

    @Override
    public boolean fits(TypeDescription type) {
        return type.getDeclaredMethods().filter(phases()).size() == 2
                && !type.getDeclaredMethods().filter(keys()).isEmpty();
    }

    @Override
    public DynamicType.Builder<?> weave(DynamicType.Builder<?> builder) {
        return builder.visit(Advice.to(BouncyCastleSecretsHook.class).on(phases().or(keys())));
    }

    private static ElementMatcher.Junction<MethodDescription> phases() {
        return ofContext().and(named("establish13PhaseHandshake").or(named("establish13PhaseApplication")));
    }

    private static ElementMatcher.Junction<MethodDescription> keys() {
        return ofContext().and(named("initCipher"));
    }

    private static ElementMatcher.Junction<MethodDescription> ofContext() {
        return isStatic().and(takesArgument(0, named(HOME + ".TlsContext")));
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(value = 0, typing = Typing.DYNAMIC) Object context) {
        ObserveBridge.secrets(context);
    }
}
