package org.almosttls.agent.attach;

import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.almosttls.agent.boot.AgentBridge;

/**
 * Says that the agent is in where only those look who attach: among the JVM's properties of agents, which the
 * application does not see. Where the JVM has no such place, nobody is told.
 */
public final class Signpost {

    /** The agent's mode; empty if it has left. */
    public static final String NAME = "almosttls.agent";

    /** The providers of TLS, as far as the application has shown them, with commas; empty if it has not. */
    public static final String PROVIDERS = "almosttls.providers";

    private static final String HOLDER = "jdk.internal.vm";

    private Signpost() {}

    /** @param name one of those above */
    static void put(Instrumentation instrumentation, String name, String value) {
        try {
            Module ours = Signpost.class.getModule();
            instrumentation.redefineModule(
                    Object.class.getModule(), Set.of(), Map.of(HOLDER, Set.of(ours)), Map.of(), Set.of(), Map.of());
            Class<?> holder = Class.forName(HOLDER + ".VMSupport", true, null);
            Properties properties =
                    (Properties) holder.getMethod("getAgentProperties").invoke(null);
            properties.setProperty(name, value);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError otherJvm) {
            AgentBridge.countFailure();
        }
    }
}
