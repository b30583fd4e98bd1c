package org.almosttls.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sample.testkit.ChildJvm;

/** PostgreSQL's driver against PostgreSQL, which first speaks in plain and then asks for TLS. */
@Timeout(300)
class DatabaseIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    private static Path folder;

    private static Identities identities;
    private static Postgres server;

    @BeforeAll
    static void start() throws Exception {
        boolean inCi = "true".equals(System.getenv("CI"));
        assumeTrue(inCi || Postgres.present(), "there is no PostgreSQL");
        identities = Identities.in(folder);
        server = Postgres.start(
                Pem.of(identities.keys().serverEc()), identities.keys().caPem());
    }

    @AfterAll
    static void stop() {
        if (server != null) server.close();
    }

    /** By its own trust file and with channel binding; by its own client certificate; and by the JVM's default. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void theServerIsVerifiedAndTheClientKnownByPasswordOrCertificate(Way way) throws Exception {
        Pem pem = Pem.of(identities.keys().client());
        String files = "&sslrootcert=" + identities.keys().caPem();
        String byPassword = address("stranger", files + "&channelBinding=require&password=" + Postgres.PASSWORD);
        String byKey = "&sslcert=" + pem.chain() + "&sslkey=" + pem.keyInDer();
        String byDefault = "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory";
        String[] addresses = {byPassword, address("client", files + byKey), address("client", byDefault)};
        try (ChildJvm client = way.start(identities.client(), "ordinary.data.DatabaseClient", addresses)) {
            assertEquals(0, client.waitFor(PATIENCE), client::stderr);
            String said = client.stdout().replaceAll("(?m)^TLSv1\\.[23] for ", "");
            String known = "/CN=client and all back";
            assertEquals(
                    List.of("nobody and all back", known, known), said.lines().toList());
            assertEquals(3, Told.by(way, client, "client").count(), client::stderr);
            assertTrue(Told.by(way, client, "client").lines().contains("CN=client"), client::stderr);
            assertToldAsTheServerSays(client);
        }
    }

    /** In the words of its protocol, which are let through also where there is to be no plaintext. */
    @ParameterizedTest
    @ValueSource(strings = {"permissive", "strict"})
    void whereClientsAreUpgradedItAsksForItsTlsAsBefore(String mode) {
        String byDefault = address("client", "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory");
        try (ChildJvm client =
                Plaintext.startUpgraded(mode, server.port(), identities, "ordinary.data.DatabaseClient", byDefault)) {
            assertEquals(0, client.waitFor(PATIENCE), client::stderr);
            assertTrue(client.stdout().endsWith("/CN=client and all back\n"), client::stdout);
            assertTrue(client.stderr().contains("; PostgreSQL asks for encryption by itself"), client::stderr);
        }
    }

    /** Which version each connection has, and where it goes. */
    private static void assertToldAsTheServerSays(ChildJvm client) {
        List<String> told = Told.sessions(client)
                .map(session -> "TLSv" + session.at("tls.protocol.version") + " at " + session.at("network.peer.port"))
                .toList();
        List<String> said = client.stdout()
                .lines()
                .map(line -> line.replaceAll(" for .*", " at " + server.port()))
                .toList();
        assertEquals(said, told, client::stderr);
        Told.assertEachOnceAndPlaced(client);
    }

    private static String address(String user, String more) {
        return "jdbc:postgresql://localhost:" + server.port() + "/postgres?sslmode=verify-full&user=" + user + more;
    }
}
