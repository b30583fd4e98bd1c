package org.almosttls.agent.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import java.io.IOException;

/** What a refusal of the platform's means, and what to do. */
final class Refusals {

    static final String DISABLED = "it was started with -XX:+DisableAttachMechanism, so nobody can attach; give it"
            + " -javaagent:almost-tls-agent.jar when it is started again";

    static final String NO_MODULE = "this Java has no module jdk.attach; take the java command of a JDK, or give the"
            + " application -javaagent:almost-tls-agent.jar when it is started";

    private static final String NOT_DYNAMIC = "it was started with -XX:-EnableDynamicAgentLoading, so no agent may be"
            + " loaded while it runs; start it again without that, or with -javaagent:almost-tls-agent.jar";

    private Refusals() {}

    /** @param failed from attaching or from loading the agent */
    static JvmRefused of(Exception failed) {
        String said = String.valueOf(failed.getMessage());
        if (said.contains("Dynamic agent loading is not enabled") || said.contains("EnableDynamicAgentLoading"))
            return new JvmRefused(NOT_DYNAMIC);
        if (said.contains("does not support the attach mechanism")) return new JvmRefused(DISABLED);
        if (said.contains("No such process")) return new JvmRefused("it has ended");
        if (said.contains("Unable to open socket file") || said.contains("doesn't respond"))
            return new JvmRefused("it does not answer: it is too busy, is stopped, or is no HotSpot JVM; try again, or"
                    + " give it -javaagent:almost-tls-agent.jar when it is started");
        if (failed instanceof AgentLoadException && said.contains("JAR not found"))
            return new JvmRefused("it cannot read this command's almost-tls-agent.jar; put that where it can");
        if (failed instanceof AgentInitializationException || failed instanceof AgentLoadException)
            return new JvmRefused("it does not take the agent in (" + said + "); its stderr may say more");
        if (failed instanceof IOException) return new JvmRefused("it cannot be reached (" + said + ")");
        return new JvmRefused("it refuses (" + said + ")");
    }
}
