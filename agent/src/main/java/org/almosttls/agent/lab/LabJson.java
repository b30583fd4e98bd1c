package org.almosttls.agent.lab;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** All findings as one JSON document, for a page that shows them. */
public final class LabJson {

    /** Counted up when a field changes its meaning or goes away. */
    private static final int SCHEMA = 1;

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private final JsonGenerator json;

    private LabJson(JsonGenerator json) {
        this.json = json;
    }

    /** @param findings scenario by scenario, each in the order of the columns */
    public static void write(List<Finding> findings, OutputStream out) throws IOException {
        try (var json = FACTORY.createGenerator(out)) {
            json.useDefaultPrettyPrinter();
            new LabJson(json).document(findings);
            json.writeRaw('\n');
        }
    }

    private void document(List<Finding> findings) throws IOException {
        json.writeStartObject();
        json.writeNumberField("schema", SCHEMA);
        json.writeArrayFieldStart("columns");
        for (var column : Column.values()) json.writeString(column.title());
        json.writeEndArray();
        json.writeNumberField("run", findings.stream().filter(Finding::isRun).count());
        json.writeNumberField(
                "as_specified",
                findings.stream()
                        .filter(Finding::isRun)
                        .filter(Finding::isAsSpecified)
                        .count());
        json.writeArrayFieldStart("scenarios");
        for (var scenario : findings.stream().map(Finding::scenario).distinct().toList())
            scenario(
                    scenario,
                    findings.stream()
                            .filter(each -> each.scenario() == scenario)
                            .toList());
        json.writeEndArray();
        json.writeEndObject();
    }

    private void scenario(Scenario scenario, List<Finding> findings) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", scenario.name());
        json.writeStringField("title", scenario.title());
        json.writeStringField("mallory", scenario.deed());
        json.writeArrayFieldStart("cells");
        for (var finding : findings) cell(finding);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void cell(Finding finding) throws IOException {
        var expected = finding.expected();
        json.writeStartObject();
        json.writeStringField("column", finding.column().title());
        json.writeStringField("setting", finding.scenario().setting(finding.column()));
        json.writeBooleanField("run", finding.isRun());
        json.writeStringField("outcome", finding.outcome().name());
        json.writeStringField("mechanism", expected.mechanism());
        json.writeBooleanField("as_specified", finding.isAsSpecified());
        json.writeObjectFieldStart("expected");
        json.writeStringField("outcome", expected.outcome().name());
        texts("notices", expected.notices());
        json.writeEndObject();
        if (finding.seen().isPresent()) observation(finding.seen().get());
        json.writeEndObject();
    }

    private void observation(Observation seen) throws IOException {
        texts("notices", seen.notices());
        end("bob", seen.bob(), Told.ofBob(seen));
        end("alice", seen.alice(), Told.ofAlice(seen));
        json.writeObjectFieldStart("mallory");
        json.writeStringField("words", Told.ofMallory(seen));
        texts("learned", seen.mallory().learned());
        json.writeBooleanField("touched", seen.mallory().touched());
        json.writeEndObject();
    }

    private void end(String name, End end, String words) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("words", words);
        texts("application_read", end.texts());
        texts("exceptions", end.exceptions());
        counts("notices", end.notices());
        counts("endings", end.endings());
        counts("suites", end.suites());
        json.writeEndObject();
    }

    private void texts(String name, List<String> all) throws IOException {
        json.writeArrayFieldStart(name);
        for (String each : all) json.writeString(each);
        json.writeEndArray();
    }

    /** How often each: one end may have had hundreds of connections. */
    private void counts(String name, List<String> all) throws IOException {
        json.writeObjectFieldStart(name);
        for (String each : all.stream().distinct().toList())
            json.writeNumberField(each, all.stream().filter(each::equals).count());
        json.writeEndObject();
    }
}
