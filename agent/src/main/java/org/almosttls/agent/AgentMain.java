package org.almosttls.agent;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.net.URI;
import java.util.jar.JarFile;

/**
 * Where the JVM enters the agent's jar; it holds no state. Whatever goes wrong here is one line on stderr; the
 * application starts all the same.
 */
public final class AgentMain {

    private AgentMain() {}

    /** Called by the JVM before the application's {@code main}, for {@code -javaagent:almost-tls-agent.jar[=options]}. */
    public static void premain(String options, Instrumentation instrumentation) {
        come(options, instrumentation);
    }

    /**
     * Called by the JVM when the agent is attached to a running process.
     *
     * @param options those of {@code -javaagent}, or {@code @} and the folder of a request of one of the commands
     */
    public static void agentmain(String options, Instrumentation instrumentation) {
        come(options, instrumentation);
    }

    /** {@code java -jar almost-tls-agent.jar SUBCOMMAND}; the exit code is the subcommand's. */
    public static void main(String[] arguments) throws Exception {
        Door.main(arguments);
    }

    /** A security manager lets this class do nothing; then the door is the bootstrap loader's, which may do all. */
    @SuppressWarnings("removal")
    private static void come(String options, Instrumentation instrumentation) {
        try {
            if (System.getSecurityManager() != null) {
                String here = AgentMain.class.getResource("AgentMain.class").getPath();
                File jar = new File(new URI(here.substring(0, here.lastIndexOf("!/"))));
                instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(jar, false));
            }
            Door.come(options, instrumentation);
        } catch (Throwable e) {
            System.err.println("AlmostTLS: the agent did not start, the application goes on without it: " + e);
        }
    }
}
