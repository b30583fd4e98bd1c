package org.almosttls.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sample.testkit.ChildJvm;
import sample.testkit.SessionJson;

/** The platform's LDAP client against OpenLDAP: TLS from the start, and TLS in the midst of a plain connection. */
@Timeout(300)
class DirectoryIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final String TOLD_ELSEWHERE = "refused: java.net.SocketException: Connection or outbound has closed";

    @TempDir
    private static Path folder;

    private static Identities identities;
    private static Slapd server;

    @BeforeAll
    static void start() throws Exception {
        boolean inCi = "true".equals(System.getenv("CI"));
        assumeTrue(inCi || Slapd.present(), "there is no slapd");
        identities = Identities.in(folder);
        server = start("named", identities.keys().serverRsa());
    }

    private static Slapd start(String name, Path keyStore) throws Exception {
        Path own = Files.createDirectory(folder.resolve(name));
        return Slapd.start(own, Pem.of(keyStore), identities.keys().caPem());
    }

    @AfterAll
    static void stop() {
        if (server != null) server.close();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void theDirectoryKnowsTheClientByItsCertificate(Way way) {
        String[] addresses = {server.byLdaps(), server.byStartTls()};
        try (ChildJvm client = way.start(identities.client(), "ordinary.data.DirectoryClient", addresses)) {
            assertEquals(0, client.waitFor(PATIENCE), client::stderr);
            String known = " dn:cn=client and all back";
            assertEquals(
                    List.of("LDAPS" + known, "StartTLS" + known),
                    client.stdout().lines().toList(),
                    client::stderr);
            assertEquals(2, Told.by(way, client, "client").count(), client::stderr);
            Told.assertEachOnceAndPlaced(client);
        }
    }

    /** In the words of its protocol, which are let through also where there is to be no plaintext. */
    @ParameterizedTest
    @ValueSource(strings = {"permissive", "strict"})
    void whereClientsAreUpgradedItAsksForItsTlsAsBefore(String mode) {
        String address = server.byStartTls();
        int port = URI.create(address).getPort();
        try (ChildJvm client =
                Plaintext.startUpgraded(mode, port, identities, "ordinary.data.DirectoryClient", address)) {
            assertEquals(0, client.waitFor(PATIENCE), client::stderr);
            assertEquals("StartTLS dn:cn=client and all back\n", client.stdout(), client::stderr);
            // Where plaintext may be, its thread that reads may be the first to be told of.
            boolean told = client.stderr().contains("; LDAP asks for TLS by itself");
            assertTrue(told || mode.equals("permissive"), client::stderr);
        }
    }

    /** By TLS itself where it comes first; after StartTLS by the client, which has the session's certificate. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void aDirectoryOfAnotherNameIsRefused(Way way) throws Exception {
        Slapd elsewhere = start("elsewhere " + way, identities.keys().serverOfAnotherName());
        String[] addresses = {elsewhere.byLdaps(), elsewhere.byStartTls()};
        try (elsewhere;
                ChildJvm client = way.start(identities.client(), "ordinary.data.DirectoryClient", addresses)) {
            assertEquals(0, client.waitFor(PATIENCE), client::stderr);
            String why = "refused: java.security.cert.CertificateException:"
                    + " No subject alternative DNS name matching localhost found.";
            List<String> said = client.stdout().lines().toList();
            // The platform's stack may tell a thread of JNDI's that reads, and not who asked; so it does without us.
            boolean lost = way == Way.OBSERVED && said.get(0).equals(TOLD_ELSEWHERE);
            assertEquals(List.of(lost ? TOLD_ELSEWHERE : why, why), said, client::stderr);
            assertEquals(
                    List.of(way.provider() + " client CERTIFICATE_NAME_MISMATCH", way.provider() + " client -"),
                    outcomes(client).toList());
        }
    }

    private static Stream<String> outcomes(ChildJvm client) {
        return Told.sessions(client)
                .map(SessionJson::values)
                .map(session -> session.get("almosttls.provider") + " " + session.get("almosttls.role") + " "
                        + session.getOrDefault("almosttls.diagnosis.code", "-"));
    }
}
