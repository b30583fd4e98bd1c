package org.almosttls.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.almosttls.agent.lab.Column;
import org.almosttls.agent.lab.Scenario;
import org.almosttls.agent.lab.Scenarios;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The command as a person or a program uses it. */
@Timeout(60)
class LabCommandTest {

    private static final Pattern HEX_OF_A_KEY = Pattern.compile("[0-9a-f]{32}");

    private record Outcome(int status, String out, String err) {}

    private static Outcome lab(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var command = new LabCommand(printingTo(out), printingTo(err), Ansi.OFF);
        int status = new CommandLine(command).execute(arguments);
        return new Outcome(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream printingTo(ByteArrayOutputStream sink) {
        return new PrintStream(sink, true, StandardCharsets.UTF_8);
    }

    @Test
    void itShowsEveryScenarioInABlockAndInTheTable() {
        var outcome = lab();
        assertEquals(0, outcome.status(), outcome::out);
        assertEquals("", outcome.err());
        for (var scenario : Scenarios.ALL) {
            assertTrue(outcome.out().contains(scenario.title() + " (" + scenario.name() + ")\n"), outcome::out);
            assertTrue(outcome.out().contains("\n" + scenario.name() + "  "), outcome::out);
        }
        assertTrue(outcome.out().endsWith("\n39 of 39 cells as specified\n"), outcome::out);
    }

    @Test
    void jsonIsOneDocumentWithEveryCell() throws IOException {
        var outcome = lab("--json");
        assertEquals(0, outcome.status(), outcome::out);
        assertEquals("", outcome.err());
        var expected = new ArrayList<String>();
        for (var scenario : Scenarios.ALL) {
            for (var column : Column.values())
                expected.add(column.title() + " "
                        + scenario.expected(column).outcome().name());
        }
        assertEquals(expected, cells(outcome.out()));
    }

    /** Column and outcome of each, in order; the whole is read to its end. */
    private static List<String> cells(String json) throws IOException {
        var cells = new ArrayList<String>();
        String column = "";
        try (var parser = new JsonFactory().createParser(json)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                String path = parser.getParsingContext().pathAsPointer().toString();
                if (!token.isScalarValue() || !path.matches("/scenarios/\\d+/cells/\\d+/\\w+")) continue;
                if (path.endsWith("/column")) column = parser.getText();
                if (path.endsWith("/outcome")) cells.add(column + " " + parser.getText());
            }
        }
        return cells;
    }

    @Test
    void oneScenarioCanBeHadByItself() {
        var outcome = lab("modify");
        assertEquals(0, outcome.status(), outcome::out);
        assertTrue(outcome.out().contains("Pay 9 euro to Carol"), outcome::out);
        assertFalse(outcome.out().contains("eavesdrop"), outcome::out);
    }

    @Test
    void listNamesThemAll() {
        var outcome = lab("--list");
        assertEquals(
                Scenarios.ALL.stream().map(Scenario::name).toList(),
                outcome.out().lines().map(line -> line.split(" ")[0]).toList());
    }

    @Test
    void anUnknownScenarioIsOneLineThatNamesTheKnownOnes() {
        var outcome = lab("evesdrop");
        assertEquals(2, outcome.status());
        assertEquals("", outcome.out());
        assertTrue(outcome.err().matches("lab: unknown scenario 'evesdrop'; known are eavesdrop, .*\n"), outcome::err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--secrets=expose", "--step --secrets=some", "--step --json"})
    void whatMakesNoSenseIsOneLine(String words) {
        var outcome = lab(words.split(" "));
        assertEquals(2, outcome.status());
        assertEquals(1, outcome.err().lines().count(), outcome::err);
    }

    @Test
    void stepByStepItShowsThreePhasesAndWhoKnowsWhat() {
        var outcome = lab("--step");
        assertEquals(0, outcome.status(), outcome::out);
        assertEquals(
                List.of("1. Handshake", "2. Key derivation", "3. Data transfer"),
                outcome.out().lines().filter(line -> line.matches("\\d\\. .*")).toList());
        for (var message : List.of("Hello", "Certificate", "EncryptedMasterSecret"))
            assertTrue(outcome.out().contains(": " + message + ", "), outcome::out);
    }

    @Test
    void malloryKnowsTheEncryptedSecretAndNotTheSecret() {
        var mallory = lab("--step").out().lines().filter(line -> line.startsWith("   Mallory   known"));
        assertEquals(
                "known known - known - - - - -",
                mallory.reduce((earlier, later) -> later)
                        .orElseThrow()
                        .replaceAll("\\s+", " ")
                        .replace(" Mallory ", ""));
    }

    @Test
    void secretsAreShownOnRequestOnly() {
        assertFalse(HEX_OF_A_KEY.matcher(lab("--step").out()).find());
        var exposed = lab("--step", "--secrets=expose").out();
        assertEquals(
                List.of("MS", "E_B", "M_B", "E_A", "M_A"),
                exposed.lines()
                        .filter(line -> HEX_OF_A_KEY.matcher(line).find())
                        .map(line -> line.strip().split(" ")[0])
                        .toList());
    }

    @Test
    void everyScenarioCanBeWalkedThrough() {
        for (var scenario : Scenarios.ALL) {
            var outcome = lab(scenario.name(), "--step");
            assertEquals(0, outcome.status(), outcome::out);
        }
    }
}
