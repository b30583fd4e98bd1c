package org.almosttls.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Somebody else's agent, which loads the platform's TLS before ours starts. */
public final class EarlyAgent {

    private EarlyAgent() {}

    public static void premain(String options) throws ClassNotFoundException {
        Class.forName("javax.net.ssl.SSLContext");
    }

    /** Writes it to a jar in this folder. */
    static Path jarIn(Path folder) throws IOException {
        Path jar = folder.resolve("early-agent.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", EarlyAgent.class.getName());
        String entry = EarlyAgent.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                InputStream in = EarlyAgent.class.getResourceAsStream("EarlyAgent.class")) {
            out.putNextEntry(new JarEntry(entry));
            in.transferTo(out);
            out.closeEntry();
        }
        return jar;
    }
}
