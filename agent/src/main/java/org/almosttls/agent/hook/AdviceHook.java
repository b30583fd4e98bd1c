package org.almosttls.agent.hook;

import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.isNative;
import static net.bytebuddy.matcher.ElementMatchers.isStatic;
import static net.bytebuddy.matcher.ElementMatchers.not;

import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatcher;

/** A hook that Byte Buddy's advice says best; the whole of Byte Buddy is loaded for the first of these. */
interface AdviceHook extends Hook {

    /** Whether the class has the shape that the advice was written for. */
    boolean fits(TypeDescription type);

    /** The class with the advice in it. */
    DynamicType.Builder<?> weave(DynamicType.Builder<?> builder);

    @Override
    default byte[] weave(String typeName, byte[] bytes) {
        return Weaver.weave(this, typeName, bytes);
    }

    /** Of objects, and with a body that advice can go into. */
    static ElementMatcher.Junction<MethodDescription> own() {
        return not(isStatic()).and(not(isAbstract())).and(not(isNative()));
    }
}
