package org.almosttls.agent.boot;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;

/**
 * Makes the JVM forget our classes: whoever makes the methods of records remembers the last type that it compared, which
 * may be one of ours, and our class loader with it. Then it is this one, which stays anyway.
 */
public record Forgetting(Integer anything) {

    /** @throws Throwable where the JVM makes them otherwise */
    public static void last() throws Throwable {
        make("equals", MethodType.methodType(boolean.class, Forgetting.class, Object.class));
        make("hashCode", MethodType.methodType(int.class, Forgetting.class));
        make("toString", MethodType.methodType(String.class, Forgetting.class));
    }

    private static void make(String method, MethodType type) throws Throwable {
        MethodHandles.Lookup here = MethodHandles.lookup();
        ObjectMethods.bootstrap(
                here,
                method,
                type,
                Forgetting.class,
                "anything",
                here.findGetter(Forgetting.class, "anything", Integer.class));
    }
}
