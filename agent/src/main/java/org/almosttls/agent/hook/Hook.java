package org.almosttls.agent.hook;

import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;

/** One class of the platform or of the application with advice of ours in it. */
public interface Hook {

    /** Whether the class has the shape that the advice was written for; if not, the hook stays off. */
    boolean fits(TypeDescription type);

    /** The class with the advice in it. */
    DynamicType.Builder<?> weave(DynamicType.Builder<?> builder);
}
