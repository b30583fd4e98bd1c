package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.almosttls.agent.AgentJvm.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever happens to the agent, the application does not notice. */
class AgentHarmlessIT {

    @TempDir
    private Path folder;

    /** The agent's jar as it would be if this entry were lost. */
    private Path jarWithout(String entry) throws IOException {
        Path jar = Files.copy(AgentJvm.JAR, folder.resolve("almost-tls-agent.jar"));
        try (FileSystem zip = FileSystems.newFileSystem(jar)) {
            Files.delete(zip.getPath(entry));
        }
        return jar;
    }

    @Test
    void anApplicationWithoutTlsSeesNothing() throws Exception {
        Outcome outcome = new AgentJvm().agent("").ask("hello");
        assertEquals("world", outcome.answer("hello"));
        assertEquals(List.of(), outcome.err());
    }

    @Test
    void theApplicationDoesNotSeeWhatTheAgentIsMadeOf() throws Exception {
        List<String> types = List.of(
                "net.bytebuddy.ByteBuddy",
                "org.almosttls.AlmostTlsProvider",
                "org.almosttls.agent.install.AgentStart",
                "org.almosttls.shaded.bytebuddy.ByteBuddy",
                "picocli.CommandLine");
        List<String> questions = new ArrayList<>(List.of("context:TLS"));
        types.forEach(type -> questions.add("class:" + type));
        Outcome outcome = new AgentJvm().agent("").ask(questions.toArray(new String[0]));
        for (String type : types) assertEquals("not found", outcome.answer("class:" + type), type);
    }

    @Test
    void theBridgeIsTheBootstrapLoaders() throws Exception {
        String question = "class:org.almosttls.agent.boot.AgentBridge";
        assertEquals("bootstrap", new AgentJvm().agent("").ask(question).answer(question));
    }

    @Test
    void theBridgeIsTheBootstrapLoadersUnderAnyNameOfTheJar() throws Exception {
        Path jar = Files.copy(AgentJvm.JAR, folder.resolve("re named+%41.jar"));
        String question = "class:org.almosttls.agent.boot.AgentBridge";
        Outcome outcome = new AgentJvm().agent(jar, "").ask(question, "context:TLS");
        assertEquals("bootstrap", outcome.answer(question));
        assertEquals("AlmostTLS", outcome.answer("context:TLS"));
    }

    @Test
    void theApplicationsServiceLoadersFindNothingOfOurs() throws Exception {
        String question = "resources:META-INF/services/java.security.Provider";
        assertEquals("", new AgentJvm().agent("").ask(question).answer(question));
    }

    @Test
    void theListOfProvidersStaysAsItWas() throws Exception {
        String without = new AgentJvm().ask("context:TLS", "providers").answer("providers");
        Outcome with = new AgentJvm().agent("").ask("context:TLS", "default", "providers");
        assertEquals(without, with.answer("providers"));
    }

    @Test
    void aDefaultThatTheApplicationSetsWins() throws Exception {
        Outcome outcome = new AgentJvm().agent("").ask("defaultSetBefore:SunJSSE");
        assertEquals("true", outcome.answer("defaultSetBefore:SunJSSE"));
    }

    @Test
    void aSecondAgentOfOursDoesNothingAndSaysSo() throws Exception {
        Outcome outcome = new AgentJvm().agent("").agent("").ask("hello");
        assertEquals("world", outcome.answer("hello"));
        assertEquals(
                List.of("AlmostTLS: there is an AlmostTLS agent in this process already; this one does nothing"),
                outcome.err());
    }

    @Test
    void aFailureInTheBridgeIsSwallowed() throws Exception {
        Outcome outcome = new AgentJvm().agent("").ask("breakBridge", "context:TLS", "default");
        assertEquals("SunJSSE", outcome.answer("context:TLS"));
        assertEquals("SunJSSE", outcome.answer("default"));
    }

    private static List<String> complaints(Outcome outcome) {
        return outcome.err().stream()
                .filter(line -> line.startsWith("AlmostTLS: "))
                .toList();
    }

    /** Each with what goes by it twice. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode=observe | Observe | watch a session | hello",
                "upgrade=permissive,upgrade.ports=1024-65535 | Upgrade | look at a socket | plain",
                "upgrade=permissive,upgrade.ports=1024-65535 | Channel | look at a channel | plainChannel",
                "upgrade=permissive,upgrade.ports=1024-65535 | Engine | look at an engine | engine"
            })
    void aBridgeThatFailsIsToldOnceAndTheApplicationGoesOn(String options, String bridge, String told, String what)
            throws Exception {
        try (var page = new HttpsPage(folder);
                var tls = new EchoServer(folder.resolve("page.p12"));
                var plain = new PlainEcho()) {
            String by = what.startsWith("plain") ? what + ":" + plain.port() : what;
            String open = "open:" + tls.port();
            Outcome outcome = new AgentJvm()
                    .with(page.trustOptions())
                    .agent(options)
                    .ask("break:" + bridge, open, "echo:line", by, open, "echo:more", by, "leave");
            assertEquals(options.startsWith("upgrade") ? "AlmostTLS" : "SunJSSE", outcome.answer(open));
            assertEquals("line", outcome.answer("echo:line"));
            assertEquals("more", outcome.answer("echo:more"));
            if (what.startsWith("plain")) assertEquals("plain", outcome.answer(by));
            assertEquals(
                    List.of("AlmostTLS: cannot " + told + " (java.lang.IllegalStateException: broken on purpose)"),
                    complaints(outcome));
        }
    }

    /** As where the platform's class is another than is known. */
    @ParameterizedTest
    @CsvSource({
        "mode=observe, WatchedTransportHook, cannot hook sun.nio.ch.NioSocketImpl",
        "mode=observe, WatchedStreamHook, cannot watch sun.security.ssl.SSLSocketImpl$App",
        "upgrade=observe, SocketHook, cannot hook java.net.Socket",
        "upgrade=observe, SocketChannelHook, cannot hook sun.nio.ch.SocketChannelImpl"
    })
    void aHookThatFailsIsToldAndLeavesTheOthersAtWork(String mode, String hook, String told) throws Exception {
        Path jar = jarWithout("inst/org/almosttls/agent/hook/" + hook + ".class");
        try (var page = new HttpsPage(folder);
                var tls = new EchoServer(folder.resolve("page.p12"));
                var plain = new PlainEcho()) {
            String open = "open:" + tls.port();
            String by = "plain:" + plain.port();
            String byChannel = "plainChannel:" + plain.port();
            Outcome outcome = new AgentJvm()
                    .with(page.trustOptions())
                    .agent(jar, mode)
                    .ask(open, "echo:line", "leave", by, byChannel);
            assertEquals("line", outcome.answer("echo:line"));
            assertEquals("plain", outcome.answer(by));
            assertEquals("plain", outcome.answer(byChannel));
            assertEquals(1, SessionLines.in(outcome.err()).size(), outcome::toString);
            assertTrue(complaints(outcome).stream().anyMatch(line -> line.contains(told)), outcome::toString);
            boolean seesPlaintext = outcome.err().stream().anyMatch(line -> line.contains("plaintext: client of"));
            assertEquals(mode.startsWith("upgrade"), seesPlaintext, outcome::toString);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "inst/org/almosttls/AlmostTlsProvider.class, cannot give the application a TLS context",
        "inst/org/almosttls/agent/hook/Lookups.class, cannot hook javax.net.ssl.SSLContext",
        "inst/org/almosttls/shaded/bytebuddy/jar/asm/ClassReader.class, cannot hook javax.net.ssl.SSLContext",
        "inst/org/almosttls/agent/install/AgentStart.class, the agent did not start",
        "org/almosttls/agent/boot/AgentBridge.class, the agent did not start"
    })
    void aLossInOurJarIsToldOnceAndTheApplicationKeepsItsTls(String entry, String told) throws Exception {
        Outcome outcome = new AgentJvm().agent(jarWithout(entry), "").ask("context:TLS", "context:TLSv1.2", "default");
        assertEquals("SunJSSE", outcome.answer("context:TLS"));
        assertEquals("SunJSSE", outcome.answer("default"));
        List<String> ours = outcome.err().stream()
                .filter(line -> line.startsWith("AlmostTLS"))
                .toList();
        assertEquals(1, ours.size(), outcome::toString);
        assertTrue(ours.get(0).startsWith("AlmostTLS: " + told), outcome::toString);
    }
}
