package org.almosttls.agent.hook;

import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;

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
}
