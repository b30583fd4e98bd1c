package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.almosttls.agent.AgentJvm.Outcome;
import org.almosttls.agent.Target.Answer;
import org.almosttls.agent.Target.Verb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent comes to a JVM that runs, tells how it is, changes, and leaves it as it was. */
@Timeout(1200)
class AttachIT {

    @TempDir
    private Path folder;

    private Answer done(Answer answer) {
        assertTrue(answer.done(), answer::toString);
        return answer;
    }

    private static String said(Answer answer) {
        return String.join("\n", answer.lines());
    }

    @Test
    void whatItIsAskedForAfterwardsIsOursAndWhatWasThereStays() throws Exception {
        try (Target target = Target.start(folder)) {
            assertEquals("SunJSSE", target.ask("context:TLS"));
            assertEquals("SunJSSE", target.ask("default"));
            done(target.tell(Verb.ATTACH, ""));
            assertEquals("AlmostTLS", target.ask("context:TLS"));
            assertEquals("SunJSSE", target.ask("default"));
        }
    }

    @Test
    void whatCameWithTheJvmCanBeDetachedAndComeAgain() throws Exception {
        try (Target target = Target.start(folder, "-javaagent:" + AgentJvm.JAR)) {
            assertEquals("AlmostTLS", target.ask("context:TLS"));
            done(target.tell(Verb.DETACH, ""));
            assertEquals("SunJSSE", target.ask("context:TLS"));
            done(target.tell(Verb.ATTACH, ""));
            assertEquals("AlmostTLS", target.ask("context:TLS"));
        }
    }

    @Test
    void aDefaultThatItTookFromUsStaysOursUntilItSetsAnother() throws Exception {
        try (Target target = Target.start(folder, "-javaagent:" + AgentJvm.JAR)) {
            assertEquals("AlmostTLS", target.ask("default"));
            assertEquals("org.almosttls.jsse", target.ask("httpsFactory"));
            done(target.tell(Verb.DETACH, ""));
            assertEquals("AlmostTLS", target.ask("default"));
            assertEquals("org.almosttls.jsse", target.ask("httpsFactory"));
            assertEquals("true", target.ask("defaultSetBefore:SunJSSE"));
            assertEquals("SunJSSE", target.ask("default"));
        }
    }

    @Test
    void whoIsInStaysAsItIsWhenAnotherComes() throws Exception {
        try (Target target = Target.start(folder, "-javaagent:" + AgentJvm.JAR + "=log=stdout")) {
            Answer answer = target.tell(Verb.ATTACH, "log=stderr");
            assertFalse(answer.done());
            assertTrue(said(answer).contains("is in it already, mode install, log stdout"), answer::toString);
            assertTrue(said(done(target.tell(Verb.STATUS, ""))).contains("log=stdout (the agent's options)"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DETACH", "STATUS", "SET"})
    void whereNobodyIsInThereIsNothingToAsk(Verb verb) throws Exception {
        try (Target target = Target.start(folder)) {
            Answer answer = target.tell(verb, "log=stdout");
            assertFalse(answer.done());
            assertEquals(List.of("there is no AlmostTLS agent in it; attach puts one in"), answer.lines());
        }
    }

    @Test
    void theStatusTellsHooksAndOptionsWithTheirOrigin() throws Exception {
        Path config = Files.writeString(folder.resolve("agent.properties"), "format=json\n");
        try (Target target = Target.start(folder, "-Dalmosttls.log=stdout")) {
            target.ask("context:TLS");
            done(target.tell(Verb.ATTACH, "grease=true,config=" + config));
            String status = said(done(target.tell(Verb.STATUS, "")));
            for (String wanted : List.of(
                    "(?m)^mode +install$",
                    "(?m)^start-up +\\d+ ms$",
                    "(?m)^providers +AlmostTLS, SunJSSE$",
                    "(?m)^hook +javax\\.net\\.ssl\\.SSLContext set$",
                    "(?m)^hook +org\\.eclipse\\.jetty\\.\\S+ waits for its class$",
                    "(?m)^sessions +0 told, 0 lost, 0 open$",
                    "(?m)^failures +0 swallowed$",
                    "(?m)^log +stdout, json, detail session$",
                    "(?m)^option +grease=true \\(the agent's options\\)$",
                    "(?m)^option +log=stdout \\(the system property almosttls\\.log\\)$",
                    "(?m)^option +format=json \\(the configuration file .*\\)$"))
                assertTrue(status.matches("(?s).*" + wanted + ".*"), wanted + " in\n" + status);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mode=observe", "upgrade=strict,upgrade.ports=1"})
    void theStatusTellsHooksOfClassesThatHaveTurnedUp(String words) throws Exception {
        try (Target target = Target.start(folder)) {
            target.ask("engineOfDefault");
            done(target.tell(Verb.ATTACH, words));
            String line = "(?s).*\nhook +sun\\.security\\.ssl\\.SSLEngineImpl set\n.*";
            String before = said(done(target.tell(Verb.STATUS, "")));
            assertFalse(before.matches(line), before);
            target.ask("engineOfDefault");
            String status = said(done(target.tell(Verb.STATUS, "")));
            assertTrue(status.matches(line), status);
        }
    }

    @Test
    void providersAreNotAskedForBeforeTheApplicationDoes() throws Exception {
        try (Target target = Target.start(folder, "-javaagent:" + AgentJvm.JAR)) {
            String status = said(done(target.tell(Verb.STATUS, "")));
            assertTrue(status.contains("not asked for by the application yet"), status);
        }
    }

    @Test
    void theLogGoesElsewhereWhileTheApplicationRuns() throws Exception {
        Path first = folder.resolve("first.jsonl");
        Path second = folder.resolve("second.txt");
        try (HttpsPage server = new HttpsPage(folder);
                Target target = Target.start(folder, server.trustOptions())) {
            done(target.tell(Verb.ATTACH, "log=" + first));
            assertEquals("200", target.ask("fetch:" + server.address()));
            done(target.tell(Verb.SET, "format=text,log=" + second));
            assertEquals("200", target.ask("fetch:" + server.address()));
            done(target.tell(Verb.DETACH, ""));
            assertEquals("200", target.ask("fetch:" + server.address()));
        }
        assertEquals(1, Files.readAllLines(first).size());
        assertEquals(1, Files.readAllLines(second).size());
        assertTrue(Files.readString(second).startsWith("AlmostTLS "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode=off|\"mode\" cannot be set while the application runs, only log, format, detail, keylog, secrets; detach, and attach again",
                "log=/absent/x|cannot write to \"/absent/x\", log in what is set",
                "lgo=x|unknown word \"lgo\" in what is set",
                "format=xml|bad value \"xml\" for format in what is set; it is text|json"
            })
    void whatCannotBeSetIsOneClearLine(String words, String refusal) throws Exception {
        try (Target target = Target.start(folder, "-javaagent:" + AgentJvm.JAR)) {
            Outcome outcome = target.command("set", words);
            assertEquals(1, outcome.exitCode());
            assertEquals(1, outcome.err().size(), outcome::toString);
            assertTrue(outcome.err().get(0).contains(refusal), outcome::toString);
        }
    }

    @Test
    void aConnectionThatIsOpenGoesOnWhenItComesAndWhenItLeaves() throws Exception {
        Path log = folder.resolve("log.jsonl");
        try (HttpsPage page = new HttpsPage(folder);
                EchoServer server = new EchoServer(folder.resolve("page.p12"));
                Target target = Target.start(folder, page.trustOptions())) {
            assertEquals("SunJSSE", target.ask("open:" + server.port()));
            done(target.tell(Verb.ATTACH, "log=" + log));
            assertEquals("one", target.ask("echo:one"));
            assertEquals("AlmostTLS", target.ask("open:" + server.port()));
            assertEquals("two", target.ask("echo:two"));
            done(target.tell(Verb.DETACH, ""));
            assertEquals("three", target.ask("echo:three"));
            assertEquals("SunJSSE", target.ask("open:" + server.port()));
        }
        List<String> lines = Files.readAllLines(log);
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(lines.get(0).contains("\"ended\":\"open_at_detach\""), lines::toString);
    }
}
