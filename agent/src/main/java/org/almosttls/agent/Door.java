package org.almosttls.agent;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.almosttls.agent.boot.AttachBridge;

/** Finds the jar, opens the agent's own class loader, and jumps into it. */
public final class Door {

    /** By their names in the room {@code boot}: to look for them among all that the jar has would delay each start. */
    static final List<String> BRIDGES = List.of(
            "AgentBridge",
            "AgentBridge$Answer",
            "AgentBridge$Failure",
            "AttachBridge",
            "ChannelBridge",
            "ChannelBridge$Channels",
            "EngineBridge",
            "EngineBridge$Engines",
            "Forgetting",
            "ObserveBridge",
            "Observer",
            "Observer$Call",
            "Privileged",
            "UpgradeBridge",
            "UpgradeBridge$Sockets");

    private static final String BOOT = "org.almosttls.agent.boot.";
    private static final String BRIDGE = BOOT + "AgentBridge";
    private static final String BUILDER = "org.almosttls.agent.attach.Bridges";
    private static final String AGENT = "org.almosttls.agent.attach.Presence";
    private static final String REQUEST = "@";
    private static final String COMMANDS = "org.almosttls.agent.cli.Commands";

    private Door() {}

    /** @param options those of {@code -javaagent}, or {@code @} and the folder of a request of one of the commands */
    @SuppressWarnings("removal")
    public static void come(String options, Instrumentation instrumentation) {
        if (System.getSecurityManager() == null) enter(options, instrumentation);
        else AccessController.doPrivileged((PrivilegedAction<Void>) () -> enter(options, instrumentation));
    }

    private static Void enter(String options, Instrumentation instrumentation) {
        if (options != null && options.startsWith(REQUEST)) answer(options.substring(1), instrumentation);
        else start(options, instrumentation);
        return null;
    }

    /** {@code java -jar almost-tls-agent.jar SUBCOMMAND}; the exit code is the subcommand's. */
    public static void main(String[] arguments) throws Exception {
        File jar = ownJar();
        try {
            opened(jar, COMMANDS).getMethod("main", File.class, String[].class).invoke(null, jar, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static void start(String options, Instrumentation instrumentation) {
        try {
            visit("start", options == null ? "" : options, instrumentation);
        } catch (InvocationTargetException e) {
            tell(e.getCause());
        } catch (Throwable e) {
            tell(e);
        }
    }

    /** By the agent that is in, or else by one that comes. */
    private static void answer(String folder, Instrumentation instrumentation) {
        try {
            if (!isBridged() || !AttachBridge.ask(folder)) visit("answer", folder, instrumentation);
        } catch (Throwable e) {
            System.err.println("AlmostTLS: the agent cannot answer, the application goes on: " + e);
        }
    }

    private static void visit(String what, String text, Instrumentation instrumentation) throws Exception {
        long since = System.nanoTime();
        File file = ownJar();
        ZipFile jar = new ZipFile(file);
        ClassLoader inside = new AgentLoader(jar);
        if (!isBridged()) bridge(jar, inside, instrumentation);
        if (!isBridged()) instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(file, false));
        Object stays = Class.forName(AGENT, true, inside)
                .getMethod(what, String.class, Instrumentation.class, Long.class)
                .invoke(null, text, instrumentation, since);
        // An agent that stays needs its jar as long as one of its classes may be wanted, by a connection after a detach
        // too: then the loader has it, and it is closed when that goes.
        if (!(Boolean) stays) jar.close();
    }

    /** The bridges must be the bootstrap loader's. */
    private static boolean isBridged() {
        try {
            return Class.forName(BRIDGE, false, null) != null;
        } catch (ClassNotFoundException notYetThere) {
            return false;
        }
    }

    private static void bridge(ZipFile jar, ClassLoader inside, Instrumentation instrumentation) throws IOException {
        Map<String, byte[]> bridges = new TreeMap<>();
        for (String name : BRIDGES) {
            ZipEntry entry = jar.getEntry(BOOT.replace('.', '/') + name + ".class");
            if (entry == null) continue;
            try (InputStream in = jar.getInputStream(entry)) {
                bridges.put(BOOT + name, in.readAllBytes());
            }
        }
        try {
            Class.forName(BUILDER, true, inside)
                    .getMethod("define", Map.class, Instrumentation.class)
                    .invoke(null, bridges, instrumentation);
        } catch (ReflectiveOperationException | LinkageError otherJvm) {
            // There is another way, though a louder one.
            return;
        }
    }

    private static void tell(Throwable why) {
        System.err.println("AlmostTLS: the agent did not start, the application goes on without it: " + why);
    }

    private static Class<?> opened(File jar, String entrance) throws IOException, ClassNotFoundException {
        return Class.forName(entrance, true, new AgentLoader(new ZipFile(jar)));
    }

    private static File ownJar() throws URISyntaxException {
        String here = Door.class.getResource("Door.class").getPath();
        return new File(new URI(here.substring(0, here.lastIndexOf("!/"))));
    }
}
