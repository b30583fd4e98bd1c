package org.almosttls.agent.hook;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * All constructors of a class, by which those of its subclasses go.
 *
 * @param known that it has, among others
 * @param advised those that the advice is for
 */
record Constructors(
        ElementMatcher.Junction<MethodDescription> known,
        ElementMatcher.Junction<MethodDescription> advised,
        Class<?> advice)
        implements AdviceHook {

    /** All, of a class that has one with these parameters. */
    static Hook allOf(Class<?> advice, Class<?>... parameters) {
        return new Constructors(takesArguments(parameters), isConstructor(), advice);
    }

    /** The one with these parameters, by the names of their types. */
    static Hook one(Class<?> advice, ElementMatcher.Junction<MethodDescription> which) {
        return new Constructors(which, which, advice);
    }

    @Override
    public boolean fits(TypeDescription type) {
        return !type.getDeclaredMethods().filter(isConstructor().and(known)).isEmpty();
    }

    @Override
    public DynamicType.Builder<?> weave(DynamicType.Builder<?> builder) {
        return builder.visit(Advice.to(advice).on(isConstructor().and(advised)));
    }
}
