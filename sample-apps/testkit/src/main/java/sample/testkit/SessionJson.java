package sample.testkit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** A line of the session log as JSON, by the paths of its values: {@code tls.protocol.version}. */
public record SessionJson(Map<String, String> values) {

    /** Reads a line. */
    public static SessionJson parse(String line) {
        Map<String, String> values = new TreeMap<>();
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue()) values.put(pathOf(parser), parser.getText());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(line, e);
        }
        return new SessionJson(values);
    }

    private static String pathOf(JsonParser parser) {
        return parser.getParsingContext()
                .pathAsPointer()
                .toString()
                .substring(1)
                .replace('/', '.');
    }

    /** The value there, which has to be. */
    public String at(String path) {
        String value = values.get(path);
        if (value == null) throw new AssertionError("no " + path + " in " + values);
        return value;
    }
}
