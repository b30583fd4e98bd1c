package org.almosttls.agent.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * The providers that a JVM is configured with: those that its {@code java.security} names, and what
 * {@code -Djava.security.properties} adds to that or has in its place. What the application does to the list as it
 * runs is not among them.
 *
 * @param root before the paths of its files, such as {@code /proc/4711/root}; empty where they are ours too
 * @param system the JVM's system properties
 */
record ConfiguredProviders(String root, Properties system) {

    private static final String ENTRY = "security.provider.";
    private static final String EXTRA = "java.security.properties";
    private static final String MAY_BE_EXTRA = "security.overridePropertiesFile";

    /** Since Java 9, and before. */
    private static final List<String> PLACES = List.of("conf/security/java.security", "lib/security/java.security");

    /** The platform's own that have no TLS: each JVM has them, so they tell nothing. */
    private static final Set<String> COMMON = Set.of(
            "Apple",
            "JdkLDAP",
            "JdkSASL",
            "OracleUcrypto",
            "SUN",
            "SunEC",
            "SunJCE",
            "SunJGSS",
            "SunMSCAPI",
            "SunPCSC",
            "SunPKCS11",
            "SunRsaSign",
            "SunSASL",
            "XMLDSig");

    /** The only one of the platform's, before Java 9, whose class does not end with its name. */
    private static final String PLATFORM = "com.sun.net.ssl.internal.ssl.Provider";

    /** By the last word of their classes; the build would take more for a class of the agent's own Bouncy Castle. */
    private static final Map<String, String> NAMES = Map.of(
            "BouncyCastleProvider", "BC",
            "BouncyCastleFipsProvider", "BCFIPS",
            "BouncyCastleJsseProvider", "BCJSSE",
            "OpenSSLProvider", "Conscrypt",
            "AlmostTlsProvider", "AlmostTLS");

    /** In their order, without those that tell nothing; nothing if that is not known. */
    Optional<List<String>> names() {
        try {
            Properties settings = settings();
            List<String> names = new ArrayList<>();
            for (int i = 1; !settings.getProperty(ENTRY + i, "").isBlank(); i++) {
                String entry = settings.getProperty(ENTRY + i).strip();
                if (!isCommon(entry)) names.add(nameOf(entry.split("\\s", 2)[0]));
            }
            return settings.isEmpty() ? Optional.empty() : Optional.of(names);
        } catch (IOException | RuntimeException unknown) {
            return Optional.empty();
        }
    }

    /** One with an argument has been given something of its own to do, such as a token of PKCS#11. */
    private static boolean isCommon(String entry) {
        return COMMON.contains(entry)
                || entry.matches("(com\\.sun|sun\\.security|org\\.jcp\\.xml)\\.\\S+")
                        && !nameOf(entry).equals("SunJSSE");
    }

    private static String nameOf(String entry) {
        if (entry.equals(PLATFORM)) return "SunJSSE";
        String name = entry.substring(entry.lastIndexOf('.') + 1);
        return NAMES.getOrDefault(name, name);
    }

    private Properties settings() throws IOException {
        SecurityFile settings = new SecurityFile(this::expanded);
        settings.read(own());
        String extra = system.getProperty(EXTRA, "");
        if (extra.isEmpty() || !Boolean.parseBoolean(settings.getProperty(MAY_BE_EXTRA))) return settings;
        boolean instead = extra.startsWith("=");
        if (instead) settings.clear();
        Path file = named(expanded(instead ? extra.substring(1) : extra));
        // The JVM goes on without one that is not there.
        if (instead || Files.exists(file)) settings.read(file);
        return settings;
    }

    private Path own() throws IOException {
        String home = system.getProperty("java.home", "");
        for (String place : PLACES) if (Files.exists(at(home).resolve(place))) return at(home).resolve(place);
        throw new NoSuchFileException(home);
    }

    /** A file's name, or a URL if there is none of that name; of files only, others are not asked. */
    private Path named(String name) {
        if (!name.matches("[A-Za-z]{2,}:.*") || Files.exists(at(name))) return at(name);
        URI address = URI.create(name);
        if (!"file".equals(address.getScheme())) throw new IllegalArgumentException(name);
        return at(address.getPath());
    }

    private Path at(String name) {
        Path own = Path.of(system.getProperty("user.dir", "")).resolve(name);
        return root.isEmpty() ? own : Path.of(root + own.normalize());
    }

    /** {@code ${java.home}} and the like, by the JVM's properties. */
    private String expanded(String text) {
        int begin = text.indexOf("${");
        int end = text.indexOf('}', begin + 1);
        if (begin < 0 || end < 0) return text;
        String name = text.substring(begin + 2, end);
        String value = name.equals("/") ? system.getProperty("file.separator", "/") : system.getProperty(name);
        if (value == null) throw new IllegalArgumentException(name);
        return text.substring(0, begin) + value + expanded(text.substring(end + 1));
    }
}
