package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.Violation;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent.Ending;
import org.almosttls.registry.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every line keeps to the published schema, and the page about it tells every field. */
class SchemaTest {

    private final Lines lines = Lines.json();

    private void assertValid() throws IOException {
        for (String line : lines.all()) assertEquals(Set.of(), PublishedSchema.violationsIn(line), line);
        assertFalse(lines.all().isEmpty());
    }

    static Stream<String> scenarios() {
        return Scenarios.names().stream();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void aSessionIsValid(String scenario) throws IOException {
        Scenarios.play(scenario, lines.log());
        assertValid();
    }

    @ParameterizedTest
    @EnumSource(Violation.class)
    void aViolationIsValid(Violation violation) throws IOException {
        for (Role role : Role.values()) {
            InventedSession.begin(lines.log(), role, 1)
                    .fails(violation.exception())
                    .closes(Ending.FAILED);
        }
        assertValid();
    }

    @ParameterizedTest
    @MethodSource("org.almosttls.trace.DiagnosisTest#alerts")
    void aPeersAlertIsValid(AlertDescription alert) throws IOException {
        InventedSession.client(lines.log()).alert(Direction.RECEIVED, alert).closes(Ending.ALERT_RECEIVED);
        assertValid();
    }

    @Test
    void aSessionThatIsStillOpenIsValid() throws IOException {
        InventedSession.client(lines.log()).established();
        InventedSession.begin(lines.log(), Role.SERVER, 8);
        lines.log().tellOpen(HowEnded.OPEN_AT_EXIT);
        assertEquals(2, lines.all().size());
        assertValid();
    }

    @Test
    void whatIsOpenWhenTheAgentLeavesAndWhatIsMissingIsValid() throws IOException {
        lines.fail(1);
        InventedSession.client(lines.log()).closes(Ending.CLOSE_NOTIFY);
        InventedSession.begin(lines.log(), Role.SERVER, 8).established();
        lines.log().close();
        assertTrue(lines.all().get(0).contains("\"lost_before\":1,"));
        assertValid();
    }

    @Test
    void whatIsNotInTheSchemaIsNotAllowed() throws IOException {
        assertFalse(PublishedSchema.violationsIn("{\"secret\": 1}").isEmpty());
    }

    @Test
    void thePageTellsEveryField() throws IOException {
        var page = Files.readString(PublishedSchema.DOCS.resolve("session-log.md"));
        var untold = new ArrayList<String>();
        for (var schema : List.of(PublishedSchema.source(), PublishedSchema.detailSource())) {
            for (String field : fields(schema, "")) if (!page.contains("`" + field + "`")) untold.add(field);
        }
        assertEquals(List.of(), untold);
    }

    /** The paths of all fields that hold a value; an array's and a shared definition's are those of the place. */
    private static List<String> fields(JsonNode of, String path) {
        var node = of;
        if (of.has("$ref"))
            node = PublishedSchema.source().at(of.get("$ref").asText().substring(1));
        if (node.has("items") && node.get("items").has("properties")) node = node.get("items");
        var found = new ArrayList<String>();
        if (!node.has("properties")) return List.of(path);
        for (var each : node.get("properties").properties()) {
            var below = path.isEmpty() ? each.getKey() : path + "." + each.getKey();
            found.addAll(fields(each.getValue(), below));
        }
        return found;
    }
}
