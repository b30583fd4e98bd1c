package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.almosttls.agent.AgentJvm.Outcome;
import org.junit.jupiter.api.Test;

/** Contexts that were there before the agent stay what they are, and that is said once. */
class LateAgentIT {

    private static final String EARLY =
            "AlmostTLS: TLS was in use before the agent came: the contexts that there are stay the platform's";

    private static Outcome attached(String before) throws Exception {
        return new AgentJvm()
                .attachingItself()
                .with("-cp", Path.of("target", "test-classes").toString())
                .with(LateApp.class.getName(), AgentJvm.JAR.toString(), before)
                .run();
    }

    private static List<String> ours(Outcome outcome) {
        return outcome.err().stream()
                .filter(line -> line.startsWith("AlmostTLS"))
                .toList();
    }

    @Test
    void aContextThatWasThereStaysAndTheNextIsOurs() throws Exception {
        Outcome outcome = attached("context");
        assertEquals("SunJSSE", outcome.answer("early"));
        assertEquals("AlmostTLS", outcome.answer("late"));
        assertEquals("AlmostTLS", outcome.answer("default"));
        assertEquals(List.of(EARLY), ours(outcome));
    }

    @Test
    void aDefaultThatWasThereStaysTheDefault() throws Exception {
        Outcome outcome = attached("default");
        assertEquals("SunJSSE", outcome.answer("early"));
        assertEquals("AlmostTLS", outcome.answer("late"));
        assertEquals("SunJSSE", outcome.answer("default"));
        assertEquals(
                List.of(EARLY + ", and so does the default one, which HttpsURLConnection and others have"),
                ours(outcome));
    }

    @Test
    void whereThereWasNoneNothingIsSaid() throws Exception {
        Outcome outcome = attached("nothing");
        assertEquals("AlmostTLS", outcome.answer("late"));
        assertEquals("AlmostTLS", outcome.answer("default"));
        assertEquals(List.of(), ours(outcome));
    }
}
