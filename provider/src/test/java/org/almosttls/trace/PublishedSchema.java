package org.almosttls.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;

/** {@code docs/session-log.schema.json}, and that of the lines that are about less than a session. */
final class PublishedSchema {

    static final Path DOCS = Path.of("..", "docs");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode SOURCE = read("session-log.schema.json");
    private static final JsonNode DETAIL_SOURCE = read("session-detail.schema.json");
    private static final JsonSchema SCHEMA = schema(SOURCE);
    private static final JsonSchema DETAIL = schema(DETAIL_SOURCE);

    private PublishedSchema() {}

    private static JsonSchema schema(JsonNode source) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(source);
    }

    private static JsonNode read(String name) {
        try {
            return JSON.readTree(DOCS.resolve(name).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode source() {
        return SOURCE;
    }

    static JsonNode detailSource() {
        return DETAIL_SOURCE;
    }

    /** Empty if the line keeps to the schema of its kind. */
    static Set<ValidationMessage> violationsIn(String line) throws IOException {
        var told = JSON.readTree(line);
        boolean isSession = told.at("/almosttls/record").isMissingNode()
                && told.at("/almosttls/message").isMissingNode();
        return (isSession ? SCHEMA : DETAIL).validate(told);
    }
}
