package org.almosttls.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import sample.testkit.ChildJvm;
import sample.testkit.SessionJson;

/** The platform's LDAP client against OpenLDAP: TLS from the start, and TLS in the midst of a plain connection. */
@Timeout(300)
class DirectoryIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

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
    @EnumSource(
            value = Way.class,
            names = {"PROVIDER_FIRST", "AGENT"})
    void theDirectoryKnowsTheClientByItsCertificate(Way way) {
        String[] addresses = {server.byLdaps(), server.byStartTls()};
        try (ChildJvm client = way.start(identities.client(), "ordinary.data.DirectoryClient", addresses)) {
            assertEquals(0, client.waitFor(PATIENCE), client::stderr);
            String known = " dn:cn=client and all back";
            assertEquals(
                    List.of("LDAPS" + known, "StartTLS" + known),
                    client.stdout().lines().toList(),
                    client::stderr);
            assertEquals(2, Told.by(client, "client").count(), client::stderr);
        }
    }

    /** By TLS itself where it comes first; after StartTLS by the client, which has the session's certificate. */
    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"PROVIDER_FIRST", "AGENT"})
    void aDirectoryOfAnotherNameIsRefused(Way way) throws Exception {
        Slapd elsewhere = start("elsewhere " + way, identities.keys().serverOfAnotherName());
        String[] addresses = {elsewhere.byLdaps(), elsewhere.byStartTls()};
        try (elsewhere;
                ChildJvm client = way.start(identities.client(), "ordinary.data.DirectoryClient", addresses)) {
            assertEquals(0, client.waitFor(PATIENCE), client::stderr);
            String why = "refused: java.security.cert.CertificateException:"
                    + " No subject alternative DNS name matching localhost found.";
            assertEquals(List.of(why, why), client.stdout().lines().toList(), client::stderr);
            assertEquals(
                    List.of("AlmostTLS client CERTIFICATE_NAME_MISMATCH", "AlmostTLS client -"),
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
