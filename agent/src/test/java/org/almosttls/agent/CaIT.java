package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.almosttls.agent.AgentJvm.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ca init} and {@code ca issue} of the built jar, and what connections that are upgraded make of it. */
class CaIT {

    private static final String PORTS = "upgrade.ports=1024-65535";
    private static final String TRUST = ",upgrade.truststore=ca/ca.pem";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void makeAuthority() throws Exception {
        assertEquals(0, ca("init", "ca").exitCode());
        assertEquals(
                0,
                ca("issue", "ca", "db", "--san", "dns:localhost", "--spiffe", "spiffe://example.org/db")
                        .exitCode());
        assertEquals(
                0,
                ca("issue", "ca", "web", "--spiffe", "spiffe://example.org/web").exitCode());
    }

    private static Outcome ca(String... words) throws IOException, InterruptedException {
        return new AgentJvm()
                .in(folder)
                .with("-jar", AgentJvm.JAR.toString(), "ca")
                .with(words)
                .run();
    }

    private static String stores(String name) {
        return keys(name) + TRUST;
    }

    private static String keys(String name) {
        return ",upgrade.keystore=ca/" + name + ".p12,upgrade.keystore.password_file=ca/" + name + ".password";
    }

    private static ServingJvm server(String options) throws IOException {
        return server(options, List.of(), PlainApp.class, "server", "1");
    }

    private static ServingJvm server(String options, List<String> jvmArguments, Class<?> application, String... words)
            throws IOException {
        List<String> command = AgentJvm.java();
        command.addAll(jvmArguments);
        command.add("-javaagent:" + AgentJvm.JAR + "=" + options);
        command.addAll(List.of(
                "-cp", Path.of("target", "test-classes").toAbsolutePath().toString()));
        command.add(application.getName());
        command.addAll(List.of(words));
        return new ServingJvm(folder, command);
    }

    private static Outcome client(String options, int port) throws Exception {
        return client(options, PlainApp.class, port);
    }

    private static Outcome client(String options, Class<?> application, int port) throws Exception {
        return new AgentJvm()
                .in(folder)
                .agent(options)
                .with("-cp", Path.of("target", "test-classes").toAbsolutePath().toString(), application.getName())
                .with("client", "" + port)
                .run();
    }

    @Test
    void bothEndsKnowEachOtherByTheirSpiffeIds() throws Exception {
        try (var server =
                server("upgrade=strict," + PORTS + stores("db") + ",upgrade.peers=spiffe://example.org/web")) {
            String peers = ",upgrade.peers=spiffe://example.org/*";
            Outcome outcome = client("upgrade=strict," + PORTS + stores("web") + peers, server.port());
            assertEquals("you said one", outcome.out().get(0), outcome::toString);
            server.said();
            assertTrue(
                    SessionLines.in(server.complaints()).get(0).contains("client is CN=web"),
                    server.complaints()::toString);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "spiffe://example.org/cache, spiffe://example.org/db",
        "spiffe://example.org/web, spiffe://example.com/*"
    })
    void anIdentityThatIsNotMeantIsRefused(String meantByServer, String meantByClient) throws Exception {
        try (var server = server("upgrade=strict," + PORTS + stores("db") + ",upgrade.peers=" + meantByServer)) {
            Outcome outcome = client(
                    "upgrade=strict," + PORTS + stores("web") + ",upgrade.peers=" + meantByClient, server.port());
            assertFalse(outcome.out().contains("you said one"), outcome::toString);
        }
    }

    /** Of the last two the one client is not meant by its server, and the one server not by its client. */
    @ParameterizedTest
    @CsvSource({
        "web, *, true",
        "cache, db, false",
        "web, cache, false",
    })
    void soItIsOverChannels(String meantByServer, String meantByClient, boolean isMeant) throws Exception {
        String atServer = "upgrade=strict," + PORTS + stores("db") + ",upgrade.peers=spiffe://example.org/";
        String atClient = "upgrade=strict," + PORTS + stores("web") + ",upgrade.peers=spiffe://example.org/";
        try (var server = server(atServer + meantByServer, List.of(), ChannelApp.class, "server", "1", "3000")) {
            Outcome outcome = client(atClient + meantByClient, ChannelApp.class, server.port());
            String said = outcome.out().get(0);
            assertTrue(isMeant ? said.equals("one") : said.endsWith("Exception"), outcome::toString);
        }
    }

    @Test
    void aStrictServerWithATrustStoreInsistsOnACertificate() throws Exception {
        try (var server = server("upgrade=strict," + PORTS + stores("db"))) {
            Outcome outcome = client("upgrade=strict," + PORTS + ",upgrade.truststore=ca/ca.pem", server.port());
            assertFalse(outcome.out().contains("you said one"), outcome::toString);
        }
    }

    /** What an application in plaintext is told, of a server that takes each who comes, one after another. */
    private static String answer(int port, String words) throws Exception {
        Outcome outcome = client("upgrade=strict," + PORTS + TRUST + words, port);
        return outcome.out().isEmpty() ? outcome.toString() : outcome.out().get(0);
    }

    /** Whom the platform trusts is whom such a server trusts; here it is the same authority. */
    @Test
    void aStrictServerWithPeersInsistsAlsoWithoutATrustStore() throws Exception {
        String password = Files.readString(folder.resolve("ca/ca.password")).strip();
        List<String> platform =
                List.of("-Djavax.net.ssl.trustStore=ca/ca.p12", "-Djavax.net.ssl.trustStorePassword=" + password);
        String options = "upgrade=strict," + PORTS + keys("db") + ",upgrade.peers=spiffe://example.org/web";
        try (var server = server(options, platform, PlainApp.class, "server", "3")) {
            assertEquals("SSLHandshakeException", answer(server.port(), ""));
            assertEquals("SSLHandshakeException", answer(server.port(), keys("db")));
            assertEquals("you said one", answer(server.port(), keys("web")));
            assertEquals(List.of("SSLHandshakeException", "SSLHandshakeException"), server.said());
        }
    }

    @Test
    void whomThePlatformDoesNotTrustIsNoPeer() throws Exception {
        try (var server = server("upgrade=strict," + PORTS + keys("db") + ",upgrade.peers=any")) {
            assertEquals("SSLHandshakeException", answer(server.port(), keys("web")));
            assertEquals(List.of("SSLHandshakeException"), server.said());
        }
    }

    @Test
    void aPermissiveServerDoesNotInsistButWhoShowsACertificateIsMeant() throws Exception {
        String options = "upgrade=permissive," + PORTS + stores("db") + ",upgrade.peers=spiffe://example.org/cache";
        try (var server = server(options, List.of(), PlainApp.class, "server", "2")) {
            assertEquals("you said one", answer(server.port(), ""));
            assertEquals("SSLHandshakeException", answer(server.port(), keys("web")));
            assertEquals(List.of("SSLHandshakeException"), server.said());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca.p12", "ca.password", "ca.pem", "db.p12", "db.password"})
    void itsFilesAreForTheirOwner(String file) throws IOException {
        var permissions = Files.getPosixFilePermissions(folder.resolve("ca").resolve(file));
        assertEquals("rw-------", PosixFilePermissions.toString(permissions));
    }

    /** The days between the dates of a line such as {@code CN=..., from ... to ...}. */
    private static long days(String line) {
        String[] dates = line.split(", from ")[1].split(" to ");
        return Duration.between(Instant.parse(dates[0]), Instant.parse(dates[1]))
                .toDays();
    }

    @Test
    void anAuthorityHoldsForTenYearsAndWhatItIssuesForNinetyDays() throws Exception {
        Outcome authority = ca("init", "another");
        assertTrue(authority.out().get(0).contains("CN=AlmostTLS local CA, from "), authority::toString);
        assertEquals(3650, days(authority.out().get(0)));
        assertEquals(90, days(ca("issue", "another", "db").out().get(0)));
    }

    @Test
    void itHasTheNameAndTheDaysThatItIsGivenAndNothingOutlivesIt() throws Exception {
        Outcome authority = ca("init", "brief", "--name", "Our CA, Ltd", "--days", "30");
        assertTrue(authority.out().get(0).contains("CN=\"Our CA, Ltd\", from "), authority::toString);
        assertEquals(30, days(authority.out().get(0)));
        assertEquals(30, days(ca("issue", "brief", "db").out().get(0)));
    }

    @Test
    void nothingIsWrittenOverAndNoSecretIsSaid() throws Exception {
        byte[] before = Files.readAllBytes(folder.resolve("ca/db.p12"));
        Outcome again = ca("issue", "ca", "db");
        assertEquals(1, again.exitCode());
        assertEquals(List.of("ca/db.p12 is there already, and is not written over"), again.err());
        assertArrayEquals(before, Files.readAllBytes(folder.resolve("ca/db.p12")));
        Outcome other = ca("issue", "ca", "cache");
        String password = Files.readString(folder.resolve("ca/cache.password")).strip();
        assertFalse(other.toString().contains(password));
        assertTrue(other.out().get(0).matches("CN=cache \\(cache\\), from \\S+Z to \\S+Z"), other::toString);
    }

    @Test
    void whatIsWrongIsSaid() throws Exception {
        assertEquals(
                List.of("\"../x\" cannot be the name of a file"),
                ca("issue", "ca", "../x").err());
        assertEquals(
                List.of("\"http://x\" is no SPIFFE ID"),
                ca("issue", "ca", "x", "--spiffe", "http://x").err());
        assertEquals(
                List.of("there is no none/ca.password; \"ca init\" makes an authority"),
                ca("issue", "none", "x").err());
    }
}
