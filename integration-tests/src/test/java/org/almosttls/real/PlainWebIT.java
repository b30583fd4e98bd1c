package org.almosttls.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sample.testkit.ChildJvm;
import sample.testkit.Wiretap;

/** Every web client visits the JDK's server, Tomcat, Netty and Jetty by HTTP, as they are and upgraded; somebody listens. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class PlainWebIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Pattern LISTENING = Pattern.compile("^listening in plaintext on (\\d+) (\\d+) (\\d+) (\\d+)$");
    private static final int SERVERS = 4;
    private static final String HEARD = "hello stranger";

    @TempDir
    private static Path folder;

    private static Identities identities;
    private static final Map<Plaintext, ChildJvm> SERVING = new EnumMap<>(Plaintext.class);
    private static final Map<Plaintext, List<Integer>> PORTS = new EnumMap<>(Plaintext.class);
    private static final List<Wiretap> TAPS = new ArrayList<>();
    private static Told toldByClients = Told.nothing();

    @BeforeAll
    static void start() throws IOException {
        identities = Identities.in(folder);
        Path own = identities.keys().serverEc();
        for (Plaintext plaintext : Plaintext.values())
            SERVING.put(plaintext, plaintext.start(identities, own, List.of(), "ordinary.web.PlainServers"));
        for (Plaintext plaintext : Plaintext.values()) PORTS.put(plaintext, ports(SERVING.get(plaintext)));
        for (int i = 0; i < SERVERS; i++)
            TAPS.add(new Wiretap(PORTS.get(Plaintext.AS_IT_IS).get(i), i));
    }

    private static List<Integer> ports(ChildJvm jvm) {
        var found = jvm.awaitLine(LISTENING, PATIENCE);
        return Stream.of(1, 2, 3, 4).map(found::group).map(Integer::valueOf).toList();
    }

    @AfterAll
    static void stop() throws IOException {
        SERVING.values().forEach(ChildJvm::close);
        for (Wiretap tap : TAPS) tap.close();
    }

    @Order(1)
    @ParameterizedTest
    @EnumSource(WebClient.class)
    void everyVisitIsTheSameAndNobodyHearsIt(WebClient client) {
        String expected = visit(client, Plaintext.AS_IT_IS);
        assertEquals(
                SERVERS,
                expected.lines().filter(line -> line.endsWith("and all back")).count(),
                expected);
        assertTrue(TAPS.stream().allMatch(tap -> tap.has(HEARD)));
        assertEquals(expected, visit(client, Plaintext.UPGRADED));
        for (String words : List.of(HEARD, "HTTP/1.1", "localhost:"))
            assertFalse(TAPS.stream().anyMatch(tap -> tap.has(words)), words);
    }

    private static String visit(WebClient client, Plaintext plaintext) {
        for (int i = 0; i < SERVERS; i++)
            TAPS.get(i).moveTo(PORTS.get(plaintext).get(i));
        String[] words = Stream.concat(
                        Stream.of(client.name()),
                        TAPS.stream().flatMap(tap -> Stream.of("HTTP/1.1", "http://localhost:" + tap.port() + "/")))
                .toArray(String[]::new);
        Path own = identities.keys().client();
        try (ChildJvm jvm = plaintext.start(identities, own, identities.client(), "ordinary.web.Visits", words)) {
            assertEquals(0, jvm.waitFor(PATIENCE), jvm::stderr);
            if (plaintext == Plaintext.UPGRADED) {
                Told told = Told.by(jvm, "client");
                assertTrue(told.count() >= SERVERS, jvm::stderr);
                toldByClients = toldByClients.and(told);
            }
            return jvm.stdout();
        }
    }

    @Order(2)
    @Test
    void allOfItWasOursAtBothEnds() {
        ChildJvm jvm = SERVING.get(Plaintext.UPGRADED);
        jvm.terminate();
        jvm.waitFor(PATIENCE);
        assertEquals(toldByClients.lines(), Told.by(jvm, "server").lines(), jvm::stderr);
    }
}
