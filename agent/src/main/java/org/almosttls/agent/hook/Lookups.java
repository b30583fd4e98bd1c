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
import net.bytebuddy.matcher.ElementMatcher;

/**
 * The three methods {@code getInstance} by which applications come to an object of a provider's.
 *
 * @param type that they belong to
 * @param advice for them
 */
record Lookups(String type, Class<?> advice) implements Hook {

    @Override
    public boolean fits(TypeDescription described) {
        return described.getDeclaredMethods().filter(methods()).size() == 3;
    }

    @Override
    public DynamicType.Builder<?> weave(DynamicType.Builder<?> builder) {
        return builder.visit(Advice.to(advice).on(methods()));
    }

    private ElementMatcher.Junction<MethodDescription> methods() {
        return isStatic()
                .and(named("getInstance"))
                .and(returns(named(type)))
                .and(takesArguments(String.class)
                        .or(takesArguments(String.class, String.class))
                        .or(takesArguments(String.class, Provider.class)));
    }
}
