package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.almosttls.agent.AgentJvm.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another TLS on the class path, which {@code java.security} names, or which the application puts first. */
class OtherProvidersIT {

    private static final String BCJSSE = "org.bouncycastle.jsse.provider.BouncyCastleJsseProvider";
    private static final String LEFT =
            "AlmostTLS: SSLContext \"%s\" is left to the provider BCJSSE, which comes before the platform's";

    @TempDir
    private Path folder;

    /** The platform's list, with BCJSSE before or after it. */
    private AgentJvm jvm(boolean first) throws IOException {
        Stream<String> platforms = Arrays.stream(Security.getProviders()).map(Provider::getName);
        List<String> names = (first
                        ? Stream.concat(Stream.of(BCJSSE), platforms)
                        : Stream.concat(platforms, Stream.of(BCJSSE)))
                .toList();
        String lines = Stream.iterate(1, i -> i <= names.size(), i -> i + 1)
                .map(i -> "security.provider." + i + "=" + names.get(i - 1))
                .collect(Collectors.joining("\n"));
        return new AgentJvm()
                .with("-Djava.security.properties=" + Files.writeString(folder.resolve("more.security"), lines))
                .alsoOnClassPath(AgentJvm.libraries("bc"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"mode=install | AlmostTLS", "mode=observe | SunJSSE", "upgrade=strict,upgrade.ports=1 | AlmostTLS"
            })
    void aProviderThatComesLastSurvivesAndTheDefaultIsThatOfTheMode(String options, String stack) throws Exception {
        String[] questions = {"context:TLS", "default", "engine", "contextByName:BCJSSE", "providers"};
        String attach = "attach:" + AgentJvm.JAR + "=" + options;
        String[] attaching =
                Stream.concat(Stream.of(attach), Stream.of(questions)).toArray(String[]::new);
        for (Outcome outcome : List.of(
                jvm(false).agent(options).ask(questions),
                jvm(false).attachingItself().ask(attaching))) {
            assertEquals(stack, outcome.answer("context:TLS"));
            assertEquals(stack, outcome.answer("default"));
            assertEquals("BCJSSE", outcome.answer("contextByName:BCJSSE"));
            assertTrue(outcome.answer("providers").endsWith(" BCJSSE"), outcome::toString);
            assertEquals(List.of(), ours(outcome));
        }
    }

    @Test
    void aProviderThatIsAskedForBeforeOursSurvivesToo() throws Exception {
        Outcome outcome = jvm(false).agent("").ask("contextByName:BCJSSE", "context:TLS", "contextByName:SunJSSE");
        assertEquals("BCJSSE", outcome.answer("contextByName:BCJSSE"));
        assertEquals("AlmostTLS", outcome.answer("context:TLS"));
        assertEquals("AlmostTLS", outcome.answer("contextByName:SunJSSE"));
    }

    @Test
    void aProviderThatJavaSecurityPutsFirstIsTheApplicationsAndThatIsSaid() throws Exception {
        Outcome without = jvm(true).ask("context:TLS", "default", "socketFactory");
        Outcome outcome = jvm(true).agent("").ask("context:TLS", "default", "socketFactory");
        assertEquals("BCJSSE", outcome.answer("context:TLS"));
        assertEquals(without.out(), outcome.out());
        assertEquals(List.of(LEFT.formatted("TLS"), LEFT.formatted("Default")), ours(outcome));
    }

    @Test
    void whoAsksForThePlatformsByNameHasOursAllTheSame() throws Exception {
        Outcome outcome = jvm(true).agent("").ask("contextByName:SunJSSE");
        assertEquals("AlmostTLS", outcome.answer("contextByName:SunJSSE"));
        assertEquals(List.of(), ours(outcome));
    }

    @Test
    void aProviderThatTheApplicationPutsFirstIsItsChoiceFromThenOn() throws Exception {
        Outcome outcome = jvm(false).agent("").ask("context:TLS", "insertFirst:BCJSSE", "context:TLSv1.2");
        assertEquals("AlmostTLS", outcome.answer("context:TLS"));
        assertEquals("BCJSSE", outcome.answer("context:TLSv1.2"));
        assertEquals(List.of(LEFT.formatted("TLSv1.2")), ours(outcome));
    }

    private static List<String> ours(Outcome outcome) {
        return outcome.err().stream()
                .filter(line -> line.startsWith("AlmostTLS: "))
                .toList();
    }
}
