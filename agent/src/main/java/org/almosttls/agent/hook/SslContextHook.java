package org.almosttls.agent.hook;

import static net.bytebuddy.matcher.ElementMatchers.isStatic;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.returns;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import java.security.Provider;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import net.bytebuddy.matcher.ElementMatcher;
import org.almosttls.agent.boot.AgentBridge;

/**
 * {@code SSLContext.getInstance}, all three. {@code SSLContext.getDefault} and the default socket factories ask it for
 * {@code Default}, so they need no hook.
 */
final class SslContextHook implements Hook {

    static final String TYPE = "javax.net.ssl.SSLContext";

    @Override
    public boolean fits(TypeDescription type) {
        return type.getDeclaredMethods().filter(lookups()).size() == 3;
    }

    @Override
    public DynamicType.Builder<?> weave(DynamicType.Builder<?> builder) {
        return builder.visit(Advice.to(GetInstance.class).on(lookups()));
    }

    private static ElementMatcher.Junction<MethodDescription> lookups() {
        return isStatic()
                .and(named("getInstance"))
                .and(returns(named(TYPE)))
                .and(takesArguments(String.class)
                        .or(takesArguments(String.class, String.class))
                        .or(takesArguments(String.class, Provider.class)));
    }

    /** If the bridge answers, the platform's code does not run. */
    static final class GetInstance {

        private GetInstance() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static Object enter(@Advice.AllArguments Object[] arguments) {
            return AgentBridge.sslContext(arguments);
        }

        @Advice.OnMethodExit
        static void exit(
                @Advice.Enter Object ours, @Advice.Return(readOnly = false, typing = Typing.DYNAMIC) Object answer) {
            if (ours != null) answer = ours;
        }
    }
}
