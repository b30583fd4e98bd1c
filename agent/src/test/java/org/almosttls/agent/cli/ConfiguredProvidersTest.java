package org.almosttls.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In a folder that is the root of another file system, as the JVM of a container has one. */
class ConfiguredProvidersTest {

    private static final String FIRST_TWO = "security.provider.1=SUN\nsecurity.provider.2=SunJSSE\n";
    private static final String MAY_BE_EXTRA = "security.overridePropertiesFile=true\n";

    private final Properties system = new Properties();

    @TempDir
    private Path root;

    @BeforeEach
    void install() throws IOException {
        system.setProperty("java.home", "/opt/java");
        system.setProperty("user.dir", "/app");
        file("opt/java/conf/security/java.security", FIRST_TWO + MAY_BE_EXTRA);
    }

    private void file(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Optional<List<String>> names() {
        return new ConfiguredProviders(root.toString(), system).names();
    }

    private static Optional<List<String>> are(String... names) {
        return Optional.of(List.of(names));
    }

    @Test
    void thoseOfThePlatformThatHaveNoTlsAreNotNamed() {
        assertEquals(are("SunJSSE"), names());
    }

    @Test
    void theListEndsWhereANumberIsMissing() throws IOException {
        file("opt/java/conf/security/java.security", FIRST_TWO + "security.provider.4=BCJSSE\n");
        assertEquals(are("SunJSSE"), names());
    }

    @Test
    void oneThatIsGivenAnArgumentIsNamedWithoutIt() throws IOException {
        file("opt/java/conf/security/java.security", "security.provider.1=SunPKCS11 /etc/token.cfg\n");
        assertEquals(are("SunPKCS11"), names());
    }

    @ParameterizedTest
    @CsvSource({
        "org.bouncycastle.jsse.provider.BouncyCastleJsseProvider fips:BCFIPS, BCJSSE",
        "com.acme.tls.AcmeProvider, AcmeProvider",
        "org.conscrypt.OpenSSLProvider, Conscrypt",
        "sun.security.ssl.SunJSSE, SunJSSE"
    })
    void aClassHasTheNameOfItsProviderOrItsOwn(String entry, String name) throws IOException {
        file("opt/java/conf/security/java.security", "security.provider.1=" + entry + "\n");
        assertEquals(are(name), names());
    }

    @Test
    void beforeJava9ItWasElsewhere() throws IOException {
        system.setProperty("java.home", "/opt/java/jre");
        file(
                "opt/java/jre/lib/security/java.security",
                "security.provider.1=sun.security.provider.Sun\n"
                        + "security.provider.2=com.sun.net.ssl.internal.ssl.Provider\n"
                        + "security.provider.3=com.sun.crypto.provider.SunJCE\n");
        assertEquals(are("SunJSSE"), names());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/more.security",
                "../etc/more.security",
                "file:/etc/more.security",
                "${etc}${/}more.security"
            })
    void anotherFileAdds(String given) throws IOException {
        system.setProperty("java.security.properties", given);
        system.setProperty("etc", "/etc");
        file("etc/more.security", "security.provider.1=BCJSSE\n");
        assertEquals(are("BCJSSE", "SunJSSE"), names());
    }

    @Test
    void orIsInItsPlace() throws IOException {
        system.setProperty("java.security.properties", "=/etc/more.security");
        file("etc/more.security", "security.provider.1=BCJSSE\n");
        assertEquals(are("BCJSSE"), names());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/more.security", "=/etc/more.security"})
    void orIsNotReadWhereThatIsNotAllowed(String given) throws IOException {
        system.setProperty("java.security.properties", given);
        file("etc/more.security", "security.provider.1=BCJSSE\n");
        file("opt/java/conf/security/java.security", FIRST_TWO + "security.overridePropertiesFile=false\n");
        assertEquals(are("SunJSSE"), names());
    }

    @Test
    void oneThatIsNotThereAddsNothing() {
        system.setProperty("java.security.properties", "/etc/more.security");
        assertEquals(are("SunJSSE"), names());
    }

    @Test
    void aFileIncludesOthers() throws IOException {
        file("opt/java/conf/security/java.security", FIRST_TWO + "include fips/fips.security\nsecurity.provider.3=X\n");
        file("opt/java/conf/security/fips/fips.security", "include more.security\nsecurity.provider.3=Y\n");
        file("opt/java/conf/security/fips/more.security", "security.provider.1=BCFIPS\n");
        assertEquals(are("BCFIPS", "SunJSSE", "X"), names());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/x",
                "=/etc/none.security",
                "${nothing}/x",
                "/etc/itself.security",
                "/etc/not-there.security"
            })
    void whatIsNotKnownIsNotSaid(String given) throws IOException {
        system.setProperty("java.security.properties", given);
        file("etc/itself.security", "include itself.security\n");
        file("etc/not-there.security", "include none.security\n");
        assertEquals(Optional.empty(), names());
    }

    @Test
    void norIsAnythingOfAJavaThatIsGone() {
        system.setProperty("java.home", "/opt/other");
        assertEquals(Optional.empty(), names());
    }
}
