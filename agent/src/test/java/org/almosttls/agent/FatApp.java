package org.almosttls.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A jar with the application's jar inside, and the class loader that reads it, as Spring Boot packs them. */
public final class FatApp extends ClassLoader {

    private static final String INNER = "BOOT-INF/lib/app.jar";

    private final Map<String, byte[]> entries = new TreeMap<>();

    private FatApp() throws IOException {
        super("fat", getPlatformClassLoader());
        try (JarInputStream in = new JarInputStream(FatApp.class.getResourceAsStream("/" + INNER))) {
            for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry())
                entries.put(entry.getName(), in.readAllBytes());
        }
    }

    public static void main(String[] arguments) throws Exception {
        new FatApp()
                .loadClass("sample.urlclient.Main")
                .getMethod("main", String[].class)
                .invoke(null, (Object) arguments);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = entries.get(name.replace('.', '/') + ".class");
        if (bytes == null) throw new ClassNotFoundException(name);
        return defineClass(name, bytes, 0, bytes.length);
    }

    /** Packs it. */
    static Path jarIn(Path folder, Path app) throws IOException {
        Path jar = folder.resolve("fat.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FatApp.class.getName());
        String own = FatApp.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                InputStream launcher = FatApp.class.getResourceAsStream("FatApp.class")) {
            out.putNextEntry(new JarEntry(own));
            launcher.transferTo(out);
            out.putNextEntry(new JarEntry(INNER));
            Files.copy(app, out);
            out.closeEntry();
        }
        return jar;
    }
}
