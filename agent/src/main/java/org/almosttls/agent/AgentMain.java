package org.almosttls.agent;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;

/**
 * The door of the agent's jar: finds the jar, opens the agent's own class loader, jumps into it, and holds no state.
 * Whatever goes wrong here is one line on stderr; the application starts all the same.
 */
public final class AgentMain {

    private static final String BRIDGE = "org.almosttls.agent.boot.AgentBridge";
    private static final String AGENT = "org.almosttls.agent.install.AgentStart";
    private static final String COMMANDS = "org.almosttls.agent.cli.Commands";

    private AgentMain() {}

    /** Called by the JVM before the application's {@code main}, for {@code -javaagent:almost-tls-agent.jar[=options]}. */
    public static void premain(String options, Instrumentation instrumentation) {
        start(options, instrumentation);
    }

    /** Called by the JVM when the agent is attached to a running process. */
    public static void agentmain(String options, Instrumentation instrumentation) {
        start(options, instrumentation);
    }

    /** {@code java -jar almost-tls-agent.jar SUBCOMMAND}; the exit code is the subcommand's. */
    public static void main(String[] arguments) throws Exception {
        File jar = OwnJar.find().file();
        try {
            enter(jar, COMMANDS).getMethod("main", File.class, String[].class).invoke(null, jar, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static void start(String options, Instrumentation instrumentation) {
        try {
            OwnJar own = OwnJar.find();
            Optional<String> objection = own.objection();
            if (objection.isPresent()) {
                tell(objection.get());
                return;
            }
            File jar = own.file();
            openBootstrap(jar, instrumentation);
            enter(jar, AGENT)
                    .getMethod("start", String.class, Instrumentation.class)
                    .invoke(null, options == null ? "" : options, instrumentation);
        } catch (InvocationTargetException e) {
            tell(e.getCause());
        } catch (Throwable e) {
            tell(e);
        }
    }

    private static void tell(Object why) {
        System.err.println("AlmostTLS: the agent did not start, the application goes on without it: " + why);
    }

    /**
     * The bridge must be the bootstrap loader's. The manifest's Boot-Class-Path has put it there already, quietly, unless
     * the jar was given another name.
     */
    private static void openBootstrap(File jar, Instrumentation instrumentation) throws IOException {
        try {
            Class.forName(BRIDGE, false, null);
        } catch (ClassNotFoundException notYetThere) {
            instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(jar, false));
        }
    }

    private static Class<?> enter(File jar, String entrance) throws IOException, ClassNotFoundException {
        return Class.forName(entrance, true, new AgentLoader(new ZipFile(jar)));
    }
}
