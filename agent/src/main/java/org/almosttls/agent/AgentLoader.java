package org.almosttls.agent;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.security.AllPermission;
import java.security.Permissions;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Loads the agent, the provider and their libraries from the folder {@value #FOLDER} of the agent's jar, where the
 * application's class loaders and their resource look-ups do not reach.
 *
 * <p>Everything of ours comes from that folder and from nowhere else, so a provider on the application's class path or
 * module path is never mixed with this one; everything else, and the bridge, comes from the platform's loaders.
 */
final class AgentLoader extends ClassLoader {

    static final String FOLDER = "inst/";

    private static final String OURS = "org.almosttls.";
    private static final String ATTACH = "com.sun.tools.attach.";
    private static final String BRIDGE = "org.almosttls.agent.boot.";

    static {
        registerAsParallelCapable();
    }

    private final ZipFile jar;
    private final ProtectionDomain domain;

    AgentLoader(ZipFile jar) {
        super("almost-tls-agent", getPlatformClassLoader());
        this.jar = jar;
        this.domain = trusted();
    }

    /** As the platform's own code: a policy for the application knows nothing of us. */
    private static ProtectionDomain trusted() {
        Permissions all = new Permissions();
        all.add(new AllPermission());
        return new ProtectionDomain(null, all);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        // The commands' own, where the runtime has it; the platform's loader does not.
        if (name.startsWith(ATTACH)) return getSystemClassLoader().loadClass(name);
        if (!name.startsWith(OURS) || name.startsWith(BRIDGE)) return super.loadClass(name, resolve);
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : findClass(name);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        ZipEntry entry = jar.getEntry(FOLDER + name.replace('.', '/') + ".class");
        if (entry == null) throw new ClassNotFoundException(name);
        try (InputStream in = jar.getInputStream(entry)) {
            byte[] bytes = in.readNBytes((int) entry.getSize());
            return defineClass(name, bytes, 0, bytes.length, domain);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    @Override
    public URL getResource(String name) {
        URL own = findResource(name);
        return own != null ? own : super.getResource(name);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
        ZipEntry entry = jar.getEntry(FOLDER + name);
        if (entry == null) return super.getResourceAsStream(name);
        try {
            return jar.getInputStream(entry);
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    protected URL findResource(String name) {
        if (jar.getEntry(FOLDER + name) == null) return null;
        try {
            URI file = new File(jar.getName()).toURI();
            return URI.create("jar:" + file + "!/" + FOLDER + name).toURL();
        } catch (MalformedURLException e) {
            return null;
        }
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL own = findResource(name);
        return Collections.enumeration(own == null ? List.of() : List.of(own));
    }
}
