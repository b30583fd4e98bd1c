package org.almosttls.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.real.WebServer.Software;
import org.almosttls.real.WebServer.Visit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import sample.testkit.ChildJvm;

/** Every web client visits every web server, each in a JVM of its own and all with AlmostTLS. */
@ParameterizedClass
@EnumSource(
        value = Way.class,
        names = {"PROVIDER_FIRST", "AGENT"})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class WebIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    private static Path folder;

    private static Identities identities;
    private static List<ChildJvm> running;
    private static List<WebServer> servers;
    private static Told toldByClients;

    @Parameter
    private Way way;

    @BeforeAll
    static void makeKeys() {
        identities = Identities.in(folder);
    }

    @BeforeParameterizedClassInvocation
    static void startServers(Way way) {
        toldByClients = Told.nothing();
        running = new ArrayList<>();
        for (Software software : Software.values()) running.add(software.start(way, identities));
        servers = Stream.of(Software.values())
                .map(software -> WebServer.await(software, running.get(software.ordinal())))
                .toList();
    }

    @AfterParameterizedClassInvocation
    static void stopServers() {
        running.forEach(ChildJvm::close);
    }

    @AfterAll
    static void forget() {
        servers = List.of();
    }

    @Order(1)
    @ParameterizedTest
    @EnumSource(WebClient.class)
    void everyServerGreetsTheClientByTheCertificateItAsksForAndSendsBackWhatItUploads(WebClient client) {
        List<Visit> visits =
                servers.stream().flatMap(server -> server.visits(client)).toList();
        assertVisitsGoWell(client, List.of(), visits);
    }

    @Order(1)
    @ParameterizedTest
    @CsvSource({"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"})
    void tomcatShowsTheCertificateThatTheClientsSuitesAskFor(String suite) {
        WebServer tomcat = servers.get(Software.TOMCAT.ordinal());
        Told told = assertVisitsGoWell(
                WebClient.URL,
                List.of("-Djdk.tls.client.cipherSuites=" + suite),
                List.of(tomcat.visit("HTTP/1.1", true)));
        assertTrue(told.connections().keySet().stream().allMatch(connection -> connection.contains(suite)));
    }

    private Told assertVisitsGoWell(WebClient client, List<String> more, List<Visit> visits) {
        List<String> arguments =
                Stream.concat(identities.client().stream(), more.stream()).toList();
        try (ChildJvm jvm = client.start(way, arguments, visits)) {
            assertEquals(0, jvm.waitFor(PATIENCE), jvm::stderr);
            List<String> wanted = visits.stream().map(Visit::wentWell).toList();
            assertEquals(
                    String.join("\n", wanted),
                    String.join("\n", jvm.stdout().lines().toList()),
                    jvm::stderr);
            Told told = Told.by(jvm, "client");
            assertTrue(told.count() >= visits.size(), jvm::stderr);
            toldByClients = toldByClients.and(told);
            return told;
        }
    }

    @Order(2)
    @Test
    void allOfItWasOursAtBothEnds() {
        Told toldByServers = Told.nothing();
        for (WebServer server : servers) {
            server.jvm().terminate();
            server.jvm().waitFor(PATIENCE);
            toldByServers = toldByServers.and(Told.by(server.jvm(), "server"));
        }
        assertEquals(toldByClients.lines(), toldByServers.lines());
    }
}
