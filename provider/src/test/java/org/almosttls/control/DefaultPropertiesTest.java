package org.almosttls.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What becomes of the default context and its factories by the {@code javax.net.ssl} and {@code ssl} properties, in JVMs
 * of their own: the same with ours as with the platform's, line by line.
 */
@Timeout(120)
class DefaultPropertiesTest {

    private static final String PASSWORD = new String(TestCertificates.PASSWORD);

    @TempDir
    private Path folder;

    @BeforeEach
    void makeStores() throws Exception {
        write("keys.p12", TestCertificates.ecServer().keyStore());
        write("trust.p12", TestCertificates.trustStore());
        var jks = KeyStore.getInstance("JKS");
        jks.load(null, null);
        jks.setCertificateEntry("ca", TestCertificates.ca());
        write("trust.jks", jks);
    }

    private void write(String name, KeyStore store) throws Exception {
        try (var out = Files.newOutputStream(folder.resolve(name))) {
            store.store(out, TestCertificates.PASSWORD);
        }
    }

    static Stream<Arguments> settings() {
        var keys = List.of("keyStore=keys.p12", "keyStorePassword=" + PASSWORD);
        var trust = List.of("trustStore=trust.p12", "trustStorePassword=" + PASSWORD);
        return Stream.of(
                Arguments.of("nothing", List.of(), "Default, SSLHandshakeException, SSLHandshakeException, false"),
                Arguments.of("both", plus(keys, trust), "Default, CN=EC server, true, false"),
                Arguments.of("no files", List.of("keyStore=NONE", "trustStore=absent"), ""),
                Arguments.of("wrong password", plus(keys, List.of("keyStorePassword=wrong")), ""),
                Arguments.of("no trust", plus(trust, List.of("trustStorePassword=wrong")), ""),
                Arguments.of("no password", List.of("keyStore=keys.p12"), ""),
                Arguments.of("a type", List.of("trustStore=trust.jks", "trustStoreType=JKS"), ""),
                Arguments.of("a token", plus(keys, List.of("keyStoreType=PKCS11")), ""),
                Arguments.of("nobody's", plus(keys, List.of("keyStoreProvider=Nobody")), ""),
                Arguments.of(
                        "an algorithm",
                        plus(keys, List.of("security:ssl.KeyManagerFactory.algorithm=NewSunX509")),
                        "Default, CN=EC server, SSLHandshakeException, false"),
                Arguments.of("no algorithm", List.of("security:ssl.TrustManagerFactory.algorithm=Nobodys"), ""),
                Arguments.of(
                        "factories",
                        List.of(
                                "security:ssl.SocketFactory.provider=Nobodys",
                                "security:ssl.ServerSocketFactory.provider=Nobodys"),
                        ""));
    }

    private static List<String> plus(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** @param telling the beginning of what is to be seen, where it is plain */
    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void oursDoesAsThePlatformDoes(String name, List<String> words, String telling) throws Exception {
        var platform = told(Stack.SUN_JSSE, words);
        assertEquals(8, platform.size(), platform::toString);
        assertEquals(platform, told(Stack.ALMOST_TLS, words));
        var answers = platform.stream()
                .filter(line -> !line.startsWith("again"))
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
        assertTrue(String.join(", ", answers).startsWith(telling), platform::toString);
    }

    private List<String> told(Stack stack, List<String> words) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command =
                new ArrayList<>(List.of(java, "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(DefaultsApp.class.getName(), stack.name(), "keys.p12", PASSWORD));
        for (var word : words) command.add(word.startsWith("security:") ? word : "javax.net.ssl." + word);
        var said = folder.resolve(stack.name());
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(Redirect.DISCARD)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertTrue(ended, () -> "still runs with " + words);
        return Files.readAllLines(said, StandardCharsets.UTF_8);
    }
}
