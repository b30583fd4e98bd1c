package org.almosttls.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sample.testkit.ChildJvm;
import sample.testkit.Readme;
import sample.testkit.SampleApp;
import sample.testkit.ThrowAwayKeys;

/** Samples that need more than the JDK, by the lines of their README: as they are, and under the agent. */
@Timeout(300)
class SamplesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String DATABASE = "jdbc-client";
    private static final String KAFKA = "kafka-pair";
    private static final String SITE = "jetty-site";

    @TempDir
    private static Path folder;

    private static ThrowAwayKeys keys;

    @BeforeAll
    static void make() throws Exception {
        keys = ThrowAwayKeys.in(folder);
        Files.copy(keys.either(), folder.resolve("server.p12"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDataBaseIsAskedAndSaysByWhichSuite(boolean agent) throws Exception {
        boolean inCi = "true".equals(System.getenv("CI"));
        assumeTrue(inCi || Postgres.present(), "there is no PostgreSQL");
        try (Postgres server = Postgres.start(Pem.of(keys.either()), keys.caPem());
                ChildJvm client = start(lines(DATABASE, agent).get(0), server.port())) {
            assertEquals(0, client.waitFor(PATIENCE), client::stderr);
            assertTrue(client.stdout().startsWith("postgres\t"), client::stdout);
            assertTrue(client.stdout().matches("(?s).*\n\nTLSv1\\.3\tTLS_[A-Z0-9_]+\tnobody\n"), client::stdout);
            assertToldOnlyBy(agent, client, "client > localhost:" + server.port());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatAProducerSendsAConsumerPrints(boolean agent) {
        List<List<String>> lines = lines(KAFKA, agent);
        try (SampleApp.Server broker = SampleApp.await(start(lines.get(0), 0));
                ChildJvm producer = start(lines.get(1), broker.port())) {
            producer.stdin().println("first");
            producer.stdin().println("second");
            producer.stdin().close();
            assertEquals(0, producer.waitFor(PATIENCE), producer::stderr);
            assertEquals("sent 2 lines\n", producer.stdout(), producer::stderr);
            ChildJvm consumer = consume(lines.get(2), broker.port());
            assertToldOnlyBy(agent, producer, "client > localhost:" + broker.port());
            assertToldOnlyBy(agent, consumer, "client > localhost:" + broker.port());
            assertToldOnlyBy(agent, broker.jvm(), "server < 127.0.0.1:");
        }
    }

    private static ChildJvm consume(List<String> line, int port) {
        try (ChildJvm consumer = start(line, port)) {
            consumer.awaitLine(Pattern.compile("^first$"), PATIENCE);
            consumer.awaitLine(Pattern.compile("^second$"), PATIENCE);
            consumer.terminate();
            consumer.waitFor(PATIENCE);
            return consumer;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSiteIsReadOverHttp2(boolean agent) {
        try (SampleApp.Server site = SampleApp.await(start(lines(SITE, agent).get(0), 0))) {
            try (ChildJvm reader = SampleApp.start(
                    keys.trustArguments(), "http-client", site.address().toString())) {
                assertEquals(0, reader.waitFor(PATIENCE), reader::stderr);
                assertTrue(reader.stdout().contains("\n\nhttp HTTP/2.0\nprotocol TLSv1.3\n"), reader::stdout);
            }
            site.jvm().terminate();
            site.jvm().waitFor(PATIENCE);
            assertToldOnlyBy(agent, site.jvm(), "server < 127.0.0.1:");
            assertEquals(agent, site.jvm().stderr().contains(" ALPN h2 "), site.jvm()::stderr);
        }
    }

    @Test
    void theyTellHowToUseThem() {
        for (String words : List.of(KAFKA, KAFKA + " broker --bogus", DATABASE, DATABASE + " localhost/postgres")) {
            List<String> all = List.of(words.split(" "));
            String[] more = all.subList(1, all.size()).toArray(String[]::new);
            try (ChildJvm jvm = SampleApp.start(List.of(), all.get(0), more)) {
                assertEquals(2, jvm.waitFor(PATIENCE));
                assertTrue(jvm.stderr().contains("usage: " + all.get(0)), jvm::stderr);
            }
        }
    }

    /** The lines without the agent come first. */
    private static List<List<String>> lines(String sample, boolean agent) {
        return Readme.commands("java", sample + ".jar").stream()
                .filter(line -> line.get(0).startsWith("-javaagent:") == agent)
                .toList();
    }

    private static ChildJvm start(List<String> line, int port) {
        return ChildJvm.start(Readme.retold(line, folder, port).stream()
                .map(word -> word.equals("ann") ? "stranger" : word)
                .toList());
    }

    private static void assertToldOnlyBy(boolean agent, ChildJvm jvm, String what) {
        boolean told = Pattern.compile("(?m)^AlmostTLS \\S+ " + Pattern.quote(what) + ".* \\| TLSv1\\.3 ")
                .matcher(jvm.stderr())
                .find();
        assertEquals(agent, told, jvm::stderr);
    }
}
