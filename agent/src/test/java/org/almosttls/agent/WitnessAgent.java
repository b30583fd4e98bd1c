package org.almosttls.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Somebody else's agent, which comes last and writes down what it sees: the bytes of a class, or how many loaders. */
public final class WitnessAgent {

    private static final int COLLECTIONS = 20;

    private WitnessAgent() {}

    /** @param options {@code bytes CLASS FILE}, or {@code loaders NAME FILE} */
    public static void agentmain(String options, Instrumentation instrumentation) throws Exception {
        String[] words = options.split(" ");
        Path file = Path.of(words[2]);
        if (words[0].equals("bytes")) writeBytes(Class.forName(words[1]), file, instrumentation);
        else Files.writeString(file, String.valueOf(loaders(words[1], instrumentation)));
    }

    private static void writeBytes(Class<?> type, Path file, Instrumentation instrumentation) throws Exception {
        ClassFileTransformer witness = new ClassFileTransformer() {
            @Override
            public byte[] transform(
                    ClassLoader loader, String name, Class<?> seen, ProtectionDomain domain, byte[] bytes) {
                if (seen == type) write(file, bytes);
                return null;
            }
        };
        instrumentation.addTransformer(witness, true);
        instrumentation.retransformClasses(type);
        instrumentation.removeTransformer(witness);
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Once the collector has had its chances. */
    private static long loaders(String name, Instrumentation instrumentation) {
        long count = count(name, instrumentation);
        for (int i = 0; i < COLLECTIONS && count > 0; i++) {
            System.gc();
            count = count(name, instrumentation);
        }
        return count;
    }

    private static long count(String name, Instrumentation instrumentation) {
        return Arrays.stream(instrumentation.getAllLoadedClasses())
                .map(type -> type.getClassLoader())
                .filter(loader -> loader != null && name.equals(loader.getName()))
                .distinct()
                .count();
    }

    /** Writes it to a jar in this folder. */
    static Path jarIn(Path folder) throws IOException {
        Path jar = folder.resolve("witness-agent.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Agent-Class", WitnessAgent.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            for (String name : new String[] {"WitnessAgent.class", "WitnessAgent$1.class"}) {
                try (InputStream in = WitnessAgent.class.getResourceAsStream(name)) {
                    out.putNextEntry(new JarEntry("org/almosttls/agent/" + name));
                    in.transferTo(out);
                    out.closeEntry();
                }
            }
        }
        return jar;
    }
}
