package org.almosttls.agent.install;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.almosttls.agent.boot.AgentBridge;
import org.almosttls.agent.hook.Hooks;
import org.almosttls.agent.report.Told;

/**
 * Puts each hook's advice into its class when that class is loaded, and not earlier: until then neither Byte Buddy nor
 * any class of the platform's TLS is touched, so an application that never uses TLS pays next to nothing.
 */
final class HookInstaller implements ClassFileTransformer {

    private final Set<Hooks> wanted;
    private final Told told;
    private final Map<Hooks, String> states = new EnumMap<>(Hooks.class);

    HookInstaller(Set<Hooks> wanted, Told told) {
        this.wanted = wanted;
        this.told = told;
    }

    /** Another one, for these. */
    HookInstaller like(Set<Hooks> others) {
        return new HookInstaller(others, told);
    }

    boolean areSet(Set<Hooks> all) {
        return wanted.containsAll(all);
    }

    void installIn(Instrumentation instrumentation) throws UnmodifiableClassException {
        for (Hooks hook : wanted) note(hook, "waits for its class");
        instrumentation.addTransformer(this, true);
        Class<?>[] loaded = instrumentation.getAllLoadedClasses();
        if (wanted.contains(Hooks.SSL_CONTEXT)) EarlyTls.tellOf(loaded, told);
        retransform(loaded, instrumentation);
    }

    /** The hooked classes have again the bytes that they would have without us. */
    void removeFrom(Instrumentation instrumentation) throws UnmodifiableClassException {
        instrumentation.removeTransformer(this);
        retransform(instrumentation.getAllLoadedClasses(), instrumentation);
    }

    private void retransform(Class<?>[] all, Instrumentation instrumentation) throws UnmodifiableClassException {
        List<Class<?>> loaded = new ArrayList<>();
        for (Class<?> type : all) {
            String name = type.getName().replace('.', '/');
            if (Hooks.of(wanted, type.getClassLoader(), name).isPresent()) loaded.add(type);
        }
        if (!loaded.isEmpty()) instrumentation.retransformClasses(loaded.toArray(new Class<?>[0]));
    }

    /** What has become of each hook: that it is set, that it waits for its class, or why it failed. */
    Map<Hooks, String> states() {
        synchronized (states) {
            return new EnumMap<>(states);
        }
    }

    private void note(Hooks hook, String state) {
        synchronized (states) {
            states.put(hook, state);
        }
    }

    @Override
    public byte[] transform(ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] bytes) {
        if (name == null) return null;
        Optional<Hooks> hook = Hooks.of(wanted, loader, name);
        if (hook.isEmpty()) return null;
        try {
            byte[] woven = AgentBridge.trusted(new Weaving(hook.get(), bytes));
            note(hook.get(), "set");
            return woven;
        } catch (Throwable e) {
            AgentBridge.countFailure();
            note(hook.get(), "failed (" + e + ")");
            told.failure("cannot hook " + name.replace('/', '.'), e);
            return null;
        }
    }

    /** Without a lambda: the classes that the JVM makes for one come by here as well. Byte Buddy asks for more than an application may be allowed. */
    private record Weaving(Hooks hook, byte[] bytes) implements Callable<byte[]> {

        @Override
        public byte[] call() {
            return hook.open().weave(hook.typeName(), bytes);
        }
    }
}
