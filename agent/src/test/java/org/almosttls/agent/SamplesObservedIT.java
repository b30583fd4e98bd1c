package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sample.testkit.ChildJvm;
import sample.testkit.SampleApp;
import sample.testkit.SampleApp.Server;

/** The sample applications with the TLS of the platform, which is watched: they say what they say without us. */
@Timeout(300)
class SamplesObservedIT {

    @TempDir
    private static Path folder;

    private static Samples samples;

    @BeforeAll
    static void makeKeys() {
        samples = new Samples(folder, "mode=observe,", "SunJSSE");
    }

    @ParameterizedTest
    @CsvSource({
        "https-server, url-client",
        "https-server, http-client",
        "https-server, nio-client",
        "jetty-site, nio-client"
    })
    void aPageIsFetchedAsWithoutUs(String site, String client) {
        try (Server server =
                SampleApp.httpsServer(site, samples.agent(), samples.keys().serverEc())) {
            String page = server.address().toString();
            ChildJvm alone = Samples.ended(SampleApp.start(samples.keys().trustArguments(), client, page), 0);
            samples.assertEstablished("server", Samples.next(server));
            ChildJvm watched = Samples.ended(SampleApp.start(samples.trusting(), client, page), 0);
            assertEquals(undated(alone), undated(watched));
            samples.assertEstablished("client", Samples.only(watched));
            samples.assertEstablished("server", Samples.next(server));
        }
    }

    private static List<String> undated(ChildJvm client) {
        return client.stdout()
                .lines()
                .filter(line -> !line.startsWith("Date: "))
                .toList();
    }

    @Test
    void aChatIsHeardByNobodyElse() {
        try (Server host = SampleApp.chatServer(samples.agent(), samples.keys().serverEc())) {
            ChildJvm guest = Samples.chatted(samples.trusting(), host);
            samples.assertEstablished("client", Samples.only(guest));
            samples.assertEstablished("server", Samples.next(host));
        }
    }

    @Test
    void opensslVisitsAServerThatIsWatched() throws Exception {
        Peers.require("openssl");
        try (Server server =
                SampleApp.httpsServer(samples.agent(), samples.keys().serverEc())) {
            String visit = "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | openssl s_client -ign_eof -connect localhost:";
            String said = Peers.shell(folder, visit + server.port() + " 2>&1 || true");
            assertTrue(said.contains("HTTP/1.1 200 OK"), said);
            samples.assertEstablished("server", Samples.next(server));
        }
    }
}
