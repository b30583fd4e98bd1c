package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.agent.AgentJvm.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code install.only} and {@code install.except}: a session of ours is a line, one of the platform's is none. */
class AgentRulesIT {

    private static final List<String> WAYS = List.of("host", "address", "layered", "unconnected", "default", "url");

    @TempDir
    private static Path folder;

    private static HttpsPage server;

    @BeforeAll
    static void start() throws Exception {
        server = new HttpsPage(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** How many of its sessions were ours. */
    private static int ours(String options, List<String> ways) throws Exception {
        int port = URI.create(server.address()).getPort();
        String[] words = Stream.concat(
                        Stream.of(
                                "-cp",
                                Path.of("target", "test-classes").toString(),
                                RuledApp.class.getName(),
                                "" + port),
                        ways.stream())
                .toArray(String[]::new);
        Outcome outcome = new AgentJvm()
                .agent(options.replace("PORT", "" + port))
                .environment("JDK_JAVA_OPTIONS", server.trust())
                .with(words)
                .run();
        assertEquals(ways.stream().map(way -> way + "=done").toList(), outcome.out(), outcome::toString);
        List<String> lines = SessionLines.in(outcome.err());
        assertEquals(
                List.of(),
                outcome.err().stream()
                        .filter(line -> line.startsWith("AlmostTLS: "))
                        .toList());
        return lines.size();
    }

    @ParameterizedTest
    @CsvSource({
        "install.except=*:PORT, 0",
        "install.except=localhost:PORT;127.0.0.1, 0",
        "install.only=db.example.org;*:1, 0",
        "install.only=*:PORT, 6",
        "install.only=org.almosttls.agent.*, 6",
        "install.only=org.almosttls.agent.RuledApp;db.example.org, 6",
        "'install.only=*:PORT,install.except=*:1', 6",
        "'install.only=*:PORT,install.except=localhost;127.0.0.1', 0",
        "install.except=db.example.org;*:1;com.acme.Legacy, 6",
        "install.except=org.almosttls.agent.RuledApp, 0"
    })
    void eachWayOfConnectingHeedsTheRules(String options, int ours) throws Exception {
        assertEquals(ours, ours(options, WAYS));
    }

    @Test
    void aClassThatIsExceptedDoesNotDecideForOthersWhoUseTheSameDefault() throws Exception {
        String rule = "install.except=" + RuledApp.class.getName() + "$Legacy";
        assertEquals(2, ours(rule, List.of("legacy", "default", "legacy", "url")));
    }
}
