package org.almosttls.agent.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.almosttls.agent.lab.Column;
import org.almosttls.agent.lab.End;
import org.almosttls.agent.lab.Finding;
import org.almosttls.agent.lab.Mallory;
import org.almosttls.agent.lab.Observation;
import org.almosttls.agent.lab.Outcome;
import org.almosttls.agent.lab.Scenario;
import org.almosttls.agent.lab.Scenarios;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

/** What the lab's screen makes of a cell that did not come out as specified. */
class LabScreenTest {

    private static final Scenario MODIFY = Scenarios.named("modify").orElseThrow();

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);

    private static List<Finding> wrong() {
        var nobody = new End(List.of(), List.of(), List.of(), List.of());
        var seen = new Observation(nobody, nobody, new Mallory(List.of(), true, "saw nothing"));
        return List.of(new Finding(MODIFY, Column.TEXTBOOK, Outcome.ATTACK_SUCCEEDS, Optional.of(seen)));
    }

    private String text() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    @Test
    void itSaysWhatWasSpecified() {
        new LabScreen(out, out, Ansi.OFF).block(MODIFY, wrong());
        assertTrue(text().contains("not as specified: that was noticed, noticing [BAD_RECORD]"), this::text);
    }

    @Test
    void theTableCountsAndMarksIt() {
        new LabScreen(out, out, Ansi.OFF).summary(wrong());
        assertTrue(text().contains("modify              the attack succeeds (!)\n"), this::text);
        assertTrue(text().endsWith("\n0 of 1 cells as specified\n"), this::text);
    }

    @Test
    void coloursAreShownWhereTheyAreWanted() {
        new LabScreen(out, out, Ansi.ON).summary(wrong());
        assertTrue(text().contains("\u001b[31m"), this::text);
    }
}
