package org.almosttls.agent.hook;

import static net.bytebuddy.matcher.ElementMatchers.isStatic;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.returns;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatcher;
import org.almosttls.agent.boot.AgentBridge;

/**
 * {@code appliesTo} of those who negotiate HTTP/2 for Jetty (9.4 to 12): they want an engine whose class is the
 * platform's, and use none but its public methods.
 */
final class JettyAlpnHook implements AdviceHook {

    static final String SERVER = "org.eclipse.jetty.alpn.java.server.JDK9ServerALPNProcessor";
    static final String CLIENT = "org.eclipse.jetty.alpn.java.client.JDK9ClientALPNProcessor";

    @Override
    public boolean fits(TypeDescription type) {
        return type.getDeclaredMethods().filter(question()).size() == 1;
    }

    @Override
    public DynamicType.Builder<?> weave(DynamicType.Builder<?> builder) {
        return builder.visit(Advice.to(AppliesTo.class).on(question()));
    }

    private static ElementMatcher.Junction<MethodDescription> question() {
        return not(isStatic())
                .and(named("appliesTo"))
                .and(returns(boolean.class))
                .and(takesArguments(1))
                .and(takesArgument(0, named("javax.net.ssl.SSLEngine")));
    }

    /** A no becomes a yes. What goes wrong is swallowed here too: not every loader of Jetty's lets it see the bridge. */
    static final class AppliesTo {

        private AppliesTo() {}

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@Advice.Argument(0) Object engine, @Advice.Return(readOnly = false) boolean applies) {
            if (!applies) applies = AgentBridge.isOurs(engine);
        }
    }
}
