package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import sample.testkit.ChildJvm;
import sample.testkit.SessionJson;

/** The lab, from the built jar. */
@Timeout(300)
class LabIT {

    private static final Duration PATIENCE = Duration.ofSeconds(180);

    /** It computes for seconds, which pays for compiling all the way. */
    private static final List<String> COMPILED = List.of("-XX:TieredStopAtLevel=4");

    private static ChildJvm lab(String... arguments) {
        var words = new String[arguments.length + 1];
        words[0] = "lab";
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        return ChildJvm.start(COMPILED, AgentJvm.JAR, words);
    }

    @Test
    void everyCellIsAsSpecified() {
        var lab = lab();
        assertEquals(0, lab.waitFor(PATIENCE), () -> lab.stdout() + lab.stderr());
        assertTrue(lab.stdout().endsWith("cells as specified\n"), lab::stdout);
        assertEquals("", lab.stderr());
    }

    @Test
    void jsonIsAllThatIsWritten() {
        var lab = lab("eavesdrop", "--json");
        assertEquals(0, lab.waitFor(PATIENCE), () -> lab.stdout() + lab.stderr());
        assertEquals("1", SessionJson.parse(lab.stdout()).at("schema"));
        assertEquals("", lab.stderr());
    }

    @Test
    void stepByStepItDoesNotWaitForNobody() {
        var lab = lab("--step");
        assertEquals(0, lab.waitFor(PATIENCE), () -> lab.stdout() + lab.stderr());
        assertTrue(lab.stdout().contains("\n3. Data transfer\n"), lab::stdout);
    }

    @Test
    void anUnknownScenarioIsRefused() {
        var lab = lab("evesdrop");
        assertEquals(2, lab.waitFor(PATIENCE));
        assertTrue(lab.stderr().startsWith("lab: unknown scenario 'evesdrop'; known are eavesdrop, "), lab::stderr);
    }
}
