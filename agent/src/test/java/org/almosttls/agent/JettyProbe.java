package org.almosttls.agent;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** Jetty in a class loader of its own, asked what it asks itself before it negotiates HTTP/2 with an engine. */
final class JettyProbe {

    private JettyProbe() {}

    /**
     * @param question {@code server} or {@code client}, then the name of the provider whose engine it is, then maybe
     *     {@code osgi} for a class loader that shows Jetty nothing but itself and the platform
     */
    static String answer(String question) throws Exception {
        String[] words = question.split(":");
        String role = words[0].equals("server") ? "Server" : "Client";
        Class<?> type = Class.forName(
                "org.eclipse.jetty.alpn.java." + words[0] + ".JDK9" + role + "ALPNProcessor",
                true,
                new URLClassLoader(jars(), words.length > 2 ? new PlatformOnly() : null));
        Object processor = type.getConstructor().newInstance();
        return String.valueOf(type.getMethod("appliesTo", SSLEngine.class).invoke(processor, engine(words[1])));
    }

    private static URL[] jars() throws Exception {
        String[] paths = System.getProperty("jetty.jars").split(File.pathSeparator);
        URL[] urls = new URL[paths.length];
        for (int i = 0; i < paths.length; i++)
            urls[i] = Path.of(paths[i]).toUri().toURL();
        return urls;
    }

    private static SSLEngine engine(String provider) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS", provider);
        context.init(null, null, null);
        return context.createSSLEngine();
    }

    /** As OSGi's bundles see the platform: what else is on the bootstrap path is hidden. */
    private static final class PlatformOnly extends ClassLoader {

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (Stream.of("java.", "javax.", "jdk.").noneMatch(name::startsWith))
                throw new ClassNotFoundException(name);
            return super.loadClass(name, resolve);
        }
    }
}
