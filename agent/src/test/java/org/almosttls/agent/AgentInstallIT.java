package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.almosttls.agent.AgentJvm.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which an application comes by its default TLS leads to ours. */
class AgentInstallIT {

    private static final String OURS = "AlmostTLS";
    private static final String OUR_FACE = "org.almosttls.jsse";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "context:TLS",
                "context:SSL",
                "context:TLSv1.2",
                "context:Default",
                "contextByName:SunJSSE",
                "contextByProvider:SunJSSE",
                "contextAsOfGrpc",
                "default"
            })
    void aContextIsOursHoweverItIsAskedFor(String question) throws Exception {
        Outcome outcome = new AgentJvm().agent("").ask(question);
        assertEquals(List.of(question + "=" + OURS), outcome.out());
        assertEquals(List.of(), outcome.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"socketFactory", "serverSocketFactory", "httpsFactory"})
    void aDefaultFactoryIsOursHoweverItIsAskedFor(String question) throws Exception {
        Outcome outcome = new AgentJvm().agent("").ask(question);
        assertEquals(OUR_FACE, outcome.answer(question));
        assertEquals(List.of(), outcome.err());
    }

    @Test
    void factoriesOfManagersThatAreAskedForByTheProvidersNameStayThePlatforms() throws Exception {
        Outcome outcome = new AgentJvm().agent("").ask("keysAsOfDerby");
        assertEquals("SunJSSE", outcome.answer("keysAsOfDerby"));
        assertEquals(List.of(), outcome.err());
    }

    @Test
    void aContextOfTheApplicationsOwnMakingIsLeftAlone() throws Exception {
        assertEquals("SUN", new AgentJvm().agent("").ask("contextOfItsOwn").answer("contextOfItsOwn"));
    }

    @Test
    void theDefaultIsStillOneAndTheSame() throws Exception {
        assertEquals("true", new AgentJvm().agent("").ask("defaultTwice").answer("defaultTwice"));
    }

    @Test
    void aClassThatWasLoadedBeforeTheAgentIsHookedToo() throws Exception {
        Outcome outcome =
                new AgentJvm().agent(EarlyAgent.jarIn(folder), "").agent("").ask("context:TLS");
        assertEquals(OURS, outcome.answer("context:TLS"));
    }

    @Test
    void aProviderOfOursOnTheApplicationsClassPathIsAnotherOne() throws Exception {
        Outcome outcome = new AgentJvm()
                .alsoOnClassPath(providerAndItsLibraries())
                .agent("")
                .ask("class:org.almosttls.AlmostTlsProvider", "context:TLS", "contextLoader");
        assertEquals("app", outcome.answer("class:org.almosttls.AlmostTlsProvider"));
        assertEquals(OURS, outcome.answer("context:TLS"));
        assertEquals("almost-tls-agent", outcome.answer("contextLoader"));
    }

    @Test
    void aProviderOfOursOnTheApplicationsModulePathIsAnotherOne() throws Exception {
        Outcome outcome = new AgentJvm()
                .with("--module-path", modulePath(), "--add-modules", "org.almosttls")
                .agent("")
                .ask("class:org.almosttls.AlmostTlsProvider", "contextLoader");
        assertEquals("app", outcome.answer("class:org.almosttls.AlmostTlsProvider"));
        assertEquals("almost-tls-agent", outcome.answer("contextLoader"));
    }

    private static List<Path> providerAndItsLibraries() {
        return Stream.of(List.of(AgentJvm.PROVIDER), AgentJvm.libraries("bcprov"), AgentJvm.libraries("jackson-core"))
                .flatMap(List::stream)
                .toList();
    }

    private static String modulePath() {
        return providerAndItsLibraries().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
