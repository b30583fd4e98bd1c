package org.almosttls.agent.attach;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.Set;

/**
 * Gives the bridges to the bootstrap loader one by one. Adding our jar to its path would do as well, but then the JVM
 * shares no classes of the application with its archive any more, and says so on the application's stderr.
 */
public final class Bridges {

    private static final String HOLDER = "jdk.internal.misc";

    private static final MethodType DEFINE = MethodType.methodType(
            Class.class, String.class, byte[].class, int.class, int.class, ClassLoader.class, ProtectionDomain.class);

    private Bridges() {}

    /**
     * @param bridges bytes by name, none of which needs another to be defined
     * @throws Throwable if this JVM has no such door
     */
    public static void define(Map<String, byte[]> bridges, Instrumentation instrumentation) throws Throwable {
        instrumentation.redefineModule(
                Object.class.getModule(),
                Set.of(),
                Map.of(HOLDER, Set.of(Bridges.class.getModule())),
                Map.of(),
                Set.of(),
                Map.of());
        // By a handle: calls by reflection with so many arguments cost a JVM that starts many times as much.
        MethodHandle define = handle(Class.forName(HOLDER + ".Unsafe", true, null));
        for (Map.Entry<String, byte[]> bridge : bridges.entrySet()) define(define, bridge.getKey(), bridge.getValue());
    }

    private static MethodHandle handle(Class<?> type) throws ReflectiveOperationException {
        return MethodHandles.lookup()
                .findVirtual(type, "defineClass", DEFINE)
                .bindTo(type.getMethod("getUnsafe").invoke(null));
    }

    private static void define(MethodHandle define, String name, byte[] bytes) throws Throwable {
        try {
            Class<?> unused = (Class<?>)
                    define.invokeExact(name, bytes, 0, bytes.length, (ClassLoader) null, (ProtectionDomain) null);
        } catch (LinkageError thereAlready) {
            // From an agent of another version, or given by -Xbootclasspath/a.
            return;
        }
    }
}
