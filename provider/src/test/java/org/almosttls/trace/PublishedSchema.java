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

/** {@code docs/session-log.schema.json}. */
final class PublishedSchema {

    static final Path DOCS = Path.of("..", "docs");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode SOURCE = read();
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(SOURCE);

    private PublishedSchema() {}

    private static JsonNode read() {
        try {
            return JSON.readTree(DOCS.resolve("session-log.schema.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode source() {
        return SOURCE;
    }

    /** Empty if the line keeps to the schema. */
    static Set<ValidationMessage> violationsIn(String line) throws IOException {
        return SCHEMA.validate(JSON.readTree(line));
    }
}
