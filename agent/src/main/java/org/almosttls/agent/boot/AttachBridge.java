package org.almosttls.agent.boot;

import java.util.function.Predicate;

/** The wire from whoever attaches again to the agent that is in already. */
public final class AttachBridge {

    private static volatile Predicate<String> agent;

    private AttachBridge() {}

    /** @param agent answers the request in a folder; null if there is none any more */
    public static void answer(Predicate<String> agent) {
        AttachBridge.agent = agent;
    }

    /** Whether there was an agent to answer the request in this folder. */
    public static boolean ask(String folder) {
        Predicate<String> asked = agent;
        return asked != null && asked.test(folder);
    }
}
