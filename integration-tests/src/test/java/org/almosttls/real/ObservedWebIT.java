package org.almosttls.real;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.almosttls.real.WebServer.Software;
import org.almosttls.real.WebServer.Visit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sample.testkit.ChildJvm;

/** Web servers and clients as they are, over the platform's TLS, which is watched at both ends. */
@Timeout(300)
class ObservedWebIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    private static Path folder;

    private static Identities identities;

    @BeforeAll
    static void makeKeys() {
        identities = Identities.in(folder);
    }

    @ParameterizedTest
    @CsvSource({"JDK, URL", "TOMCAT, JDK", "NETTY, NETTY", "MOCK, OKHTTP", "JETTY, JETTY"})
    void bothEndsAreToldAlikeAndSayWhatTheySayWithoutUs(Software software, WebClient client) {
        try (ChildJvm jvm = software.start(Way.OBSERVED, identities)) {
            WebServer server = WebServer.await(software, jvm);
            Told byClient = visit(client, server.visits(client).toList());
            jvm.terminate();
            jvm.waitFor(PATIENCE);
            Told byServer = Told.by(Way.OBSERVED, jvm, "server");
            assertEquals(byClient.lines(), byServer.lines(), jvm::stderr);
            // Also where the server's engines know of no address, as Tomcat's and Netty's do.
            Told.assertEachOnceAndPlaced(jvm);
        }
    }

    private static Told visit(WebClient client, List<Visit> visits) {
        try (ChildJvm jvm = client.start(Way.OBSERVED, identities.client(), visits)) {
            assertEquals(0, jvm.waitFor(PATIENCE), jvm::stderr);
            assertEquals(
                    visits.stream().map(Visit::wentWell).collect(Collectors.joining("\n")),
                    jvm.stdout().lines().collect(Collectors.joining("\n")),
                    jvm::stderr);
            return Told.by(Way.OBSERVED, jvm, "client");
        }
    }
}
