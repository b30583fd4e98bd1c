package org.almosttls.agent.install;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.function.BiConsumer;
import org.almosttls.agent.boot.AgentBridge;
import org.almosttls.agent.hook.WatchedHooks;
import org.almosttls.agent.observe.Observation.Kind;
import org.almosttls.agent.report.Told;

/**
 * The classes of engines, sockets and streams as the application's objects turn up, whoever wrote them: each gets its
 * hook before the first call on the first of its objects.
 */
final class WatchedClasses implements ClassFileTransformer, BiConsumer<Kind, Class<?>> {

    private static final String SET = "set";

    private final Instrumentation instrumentation;
    private final Told told;
    private final Map<Class<?>, WatchedHooks> seen = new WeakHashMap<>();
    private final Map<Class<?>, String> states = new WeakHashMap<>();
    private boolean seesChannels;

    WatchedClasses(Instrumentation instrumentation, Told told) {
        this.instrumentation = instrumentation;
        this.told = told;
    }

    @Override
    public void accept(Kind kind, Class<?> type) {
        watch(WatchedHooks.valueOf(kind.name()), type);
    }

    /** One at a time: whoever comes second must not go on before the class is watched. */
    synchronized void watch(WatchedHooks hook, Class<?> type) {
        List<Class<?>> fresh = hook == WatchedHooks.CHANNEL ? freshChannels() : fresh(hook, type);
        if (fresh.isEmpty()) return;
        try {
            instrumentation.retransformClasses(fresh.toArray(new Class<?>[0]));
        } catch (Exception | LinkageError e) {
            AgentBridge.countFailure();
            for (Class<?> each : fresh) note(each, failed(e));
            told.failure("cannot watch " + type.getName(), e);
        }
    }

    /** The name of each class, and whether its hook is set, or why it is not. */
    Map<String, String> states() {
        Map<String, String> named = new TreeMap<>();
        synchronized (seen) {
            for (Map.Entry<Class<?>, String> each : states.entrySet())
                // Of classes of the same name one that failed is the one to know of.
                named.merge(each.getKey().getName(), each.getValue(), (one, other) -> one.equals(SET) ? other : one);
        }
        return named;
    }

    private void note(Class<?> type, String state) {
        synchronized (seen) {
            states.put(type, state);
        }
    }

    private static String failed(Throwable why) {
        return "failed (" + why + ")";
    }

    /** Each has again the bytes that it would have without us. */
    synchronized void leave() {
        instrumentation.removeTransformer(this);
        List<Class<?>> watched = new ArrayList<>();
        synchronized (seen) {
            for (Class<?> type : seen.keySet()) if (instrumentation.isModifiableClass(type)) watched.add(type);
            seen.clear();
        }
        for (Class<?> type : watched) {
            try {
                instrumentation.retransformClasses(type);
            } catch (Exception | LinkageError e) {
                AgentBridge.countFailure();
                told.failure("cannot cease to watch " + type.getName(), e);
            }
        }
    }

    /** The class and those between it and the platform's general ones, of which others have objects too. */
    private List<Class<?>> fresh(WatchedHooks hook, Class<?> type) {
        List<Class<?>> fresh = new ArrayList<>();
        synchronized (seen) {
            for (Class<?> each = type; !isGeneral(each); each = each.getSuperclass()) {
                if (seen.containsKey(each)) break;
                seen.put(each, hook);
                if (instrumentation.isModifiableClass(each)) fresh.add(each);
                else states.put(each, "failed (the JVM does not let it be changed)");
            }
        }
        return fresh;
    }

    /** The platform's class, whatever there is of it yet. */
    private List<Class<?>> freshChannels() {
        if (seesChannels) return List.of();
        seesChannels = true;
        try {
            return fresh(WatchedHooks.CHANNEL, Class.forName(WatchedHooks.CHANNELS, false, null));
        } catch (ClassNotFoundException otherPlatform) {
            AgentBridge.countFailure();
            told.failure("cannot watch channels", otherPlatform);
            return List.of();
        }
    }

    private static boolean isGeneral(Class<?> type) {
        return type.getName().startsWith("java.") || type.getName().startsWith("javax.");
    }

    @Override
    public byte[] transform(ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] bytes) {
        if (type == null) return null;
        WatchedHooks hook;
        synchronized (seen) {
            hook = seen.get(type);
        }
        if (hook == null) return null;
        try {
            byte[] woven = hook.open().weave(type.getName(), bytes);
            note(type, SET);
            return woven;
        } catch (Throwable e) {
            AgentBridge.countFailure();
            note(type, failed(e));
            told.failure("cannot watch " + type.getName(), e);
            return null;
        }
    }
}
