package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.almosttls.agent.AgentJvm.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an application can see of the agent once its TLS was used: in exceptions, and of what logs. */
@Timeout(300)
class AgentTracesIT {

    private static final String PORTS = "upgrade=strict,upgrade.ports=1024-65535";

    private static final WatchedCase[] FAILURES = {
        WatchedCase.UNKNOWN_CA,
        WatchedCase.EXPIRED,
        WatchedCase.NO_COMMON_SUITE,
        WatchedCase.PLAINTEXT_CLIENT,
        WatchedCase.PLAINTEXT_SERVER
    };

    /** Whoever sees it first; what the other end of a socket sees thereafter, an alert or a reset, is chance. */
    private static final List<String> FIRST = List.of(
            "UNKNOWN_CA client ",
            "EXPIRED client ",
            "NO_COMMON_SUITE server ",
            "PLAINTEXT_CLIENT server ",
            "PLAINTEXT_SERVER client ");

    /** The agent's loader, and what the bootstrap loader has of the agent. */
    private static final String OURS = ".* at (almost-tls-agent/.*|org\\.almosttls\\.agent\\.boot\\..*)";

    private static final String STACK = ".* at almost-tls-agent//org\\.almosttls\\.(?!agent\\.|shaded\\.).*";

    @TempDir
    private static Path keyFolder;

    @TempDir
    private Path folder;

    private static WatchedPlay ends;

    @BeforeAll
    static void makeKeys() throws Exception {
        ends = WatchedPlay.withKeysIn(keyFolder);
        UpgradeStores.makeIn(keyFolder);
    }

    /** With all that can be watched. */
    private AgentJvm observed() {
        Path keys = folder.resolve("keys.txt");
        String more = ",detail=record,secrets=expose,keylog=" + keys;
        return new AgentJvm().agent("mode=observe,log=" + folder.resolve("tls.jsonl") + more);
    }

    private static List<String> traces(Outcome outcome) {
        assertEquals(0, outcome.exitCode(), outcome::toString);
        return outcome.out().stream()
                .filter(line -> line.contains(" at ") || line.contains(" thrown "))
                .toList();
    }

    private static Stream<String> first(List<String> traces, String face) {
        if (face.equals("engine")) return traces.stream();
        return FIRST.stream().flatMap(who -> traces.stream().filter(line -> line.startsWith(who)));
    }

    @ParameterizedTest
    @CsvSource({
        "SunJSSE, socket", "SunJSSE, engine",
        "BCJSSE, socket", "BCJSSE, engine",
        "Conscrypt, socket", "Conscrypt, engine"
    })
    void whatAWatchedStackThrowsHasTheFramesThatItHasWithoutUs(String stack, String face) throws Exception {
        var without = traces(ends.play(new AgentJvm().with("-Dtraces=true"), stack, face, FAILURES));
        var with = traces(ends.play(observed().with("-Dtraces=true"), stack, face, FAILURES));
        assertEquals(first(without, face).toList(), first(with, face).toList());
        assertTrue(first(with, face).count() > FAILURES.length, with::toString);
        assertEquals(List.of(), ours(with).toList());
    }

    private static Stream<String> ours(List<String> traces) {
        return traces.stream().filter(line -> line.matches(OURS));
    }

    @ParameterizedTest
    @CsvSource({"socket, ''", "engine, ''", "socket, install.except=*:1", "engine, install.except=*:1"})
    void whatOurStackThrowsHasFramesOfTheStackAndNoneOfTheAgent(String face, String options) throws Exception {
        var jvm = new AgentJvm().with("-Dtraces=true").agent(options);
        var traces = traces(ends.play(jvm, "SunJSSE", face, FAILURES));
        assertTrue(ours(traces).anyMatch(line -> line.matches(STACK)), traces::toString);
        assertEquals(
                List.of(), ours(traces).filter(line -> !line.matches(STACK)).toList());
    }

    @Test
    void whatAnUpgradedSocketThrowsHasFramesOfTheUpgradeToo() throws Exception {
        String server = ",upgrade.keystore=own.p12,upgrade.keystore.password_file=own.password";
        var traces = traces(pair(new AgentJvm().with("-Dtraces=true").agent(PORTS + server)));
        String upgrade = ".* at almost-tls-agent//org\\.almosttls\\.agent\\.upgrade\\..*";
        for (String who : List.of("client at ", "server at "))
            assertTrue(ours(traces).anyMatch(line -> line.startsWith(who) && line.matches(STACK)), traces::toString);
        assertEquals(
                List.of(),
                ours(traces)
                        .filter(line -> !line.matches(STACK) && !line.matches(upgrade))
                        .toList());
    }

    private static Outcome pair(AgentJvm jvm) throws Exception {
        jvm.in(keyFolder)
                .with("-cp", Path.of("target", "test-classes").toAbsolutePath().toString());
        return jvm.with(PlainApp.class.getName(), "pair").run();
    }

    /** What logs, and what the platform and libraries have before it. */
    private static Set<String> logging(LoadedClasses classes) throws Exception {
        Set<String> names = new TreeSet<>(classes.names());
        String logging = "(java\\.util\\.logging|org\\.slf4j|org\\.apache|java\\.lang\\.System\\$Logger).*";
        names.removeIf(name -> !name.matches(logging) || name.contains("$$Lambda"));
        return names;
    }

    private Set<String> loggingOfTls(AgentJvm jvm) throws Exception {
        var classes = LoadedClasses.to(folder);
        var cases = new WatchedCase[] {WatchedCase.GOOD13, WatchedCase.GOOD12, WatchedCase.UNKNOWN_CA};
        Outcome outcome = ends.play(classes.noted(jvm), "SunJSSE", "socket", cases);
        assertTrue(outcome.out().contains("GOOD13 client=done"), outcome::toString);
        return logging(classes);
    }

    @Test
    void nothingThatLogsIsLoadedForUsBesideWhatThePlatformsTlsLoads() throws Exception {
        Set<String> without = loggingOfTls(new AgentJvm());
        assertEquals(without, loggingOfTls(observed()));
        Set<String> with = loggingOfTls(new AgentJvm().agent("detail=record,log=" + folder.resolve("ours.jsonl")));
        with.removeAll(without);
        assertEquals(Set.of(), with);
    }

    @Test
    void norWhereAConnectionIsUpgraded() throws Exception {
        var classes = LoadedClasses.to(folder);
        String stores =
                ",upgrade.keystore=own.p12,upgrade.keystore.password_file=own.password,upgrade.truststore=ca.pem";
        Outcome outcome = pair(classes.noted(new AgentJvm().agent(PORTS + stores)));
        assertEquals("you said one", outcome.out().get(0), outcome::toString);
        assertEquals(2, SessionLines.in(outcome.err()).size(), outcome::toString);
        Set<String> with = logging(classes);
        with.removeAll(loggingOfTls(new AgentJvm()));
        assertEquals(Set.of(), with);
    }
}
