package org.almosttls.built;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.almosttls.AlmostTlsProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The built jar: what the templates of META-INF became in it. */
class ProviderJarIT {

    private static final Path JAR = Path.of("target", "almost-tls-provider.jar");

    @Test
    void theServiceFileNamesTheProvider() throws IOException {
        try (var jar = new JarFile(JAR.toFile())) {
            var name = text(jar, "META-INF/services/java.security.Provider").strip();
            assertEquals(AlmostTlsProvider.class.getName(), name);
            assertNotNull(jar.getEntry(name.replace('.', '/') + ".class"));
        }
    }

    /** Jetty reads them; nobody else does. */
    @ParameterizedTest
    @ValueSource(strings = {"Server", "Client"})
    void theServiceFilesForJettyNameClassesThatAreThere(String role) throws IOException {
        try (var jar = new JarFile(JAR.toFile())) {
            var name = text(jar, "META-INF/services/org.eclipse.jetty.io.ssl.ALPNProcessor$" + role)
                    .strip();
            assertNotNull(jar.getEntry(name.replace('.', '/') + ".class"), name);
        }
    }

    @Test
    void theManifestNamesTheVersionOfTheBuild() throws IOException {
        try (var jar = new JarFile(JAR.toFile())) {
            var version = jar.getManifest().getMainAttributes().getValue("Implementation-Version");
            assertTrue(version.matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?"), version);
            assertTrue(version.startsWith(new AlmostTlsProvider().getVersionStr()), version);
        }
    }

    @Test
    void itIsANamedModule() throws IOException {
        try (var jar = new JarFile(JAR.toFile())) {
            assertNotNull(jar.getEntry("module-info.class"));
        }
    }

    @Test
    void theLicenceIsInIt() throws IOException {
        try (var jar = new JarFile(JAR.toFile())) {
            assertTrue(text(jar, "META-INF/LICENSE").contains("Apache License"));
        }
    }

    private static String text(JarFile jar, String entry) throws IOException {
        try (var in = jar.getInputStream(jar.getEntry(entry))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
