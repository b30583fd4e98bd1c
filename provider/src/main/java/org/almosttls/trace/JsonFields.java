package org.almosttls.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Writes the fields of one JSON object; what is not known is left out, and text is cut at 1024 characters. */
final class JsonFields {

    /** Writes what is inside an object. */
    interface Body {
        void write(JsonFields fields) throws IOException;
    }

    /** Writes one element of an array as an object. */
    interface Element<T> {
        void write(T element, JsonFields fields) throws IOException;
    }

    private static final int MOST = 1024;
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .characterEscapes(new PrintableAscii())
            .build();

    private final JsonGenerator json;

    private JsonFields(JsonGenerator json) {
        this.json = json;
    }

    /** One object in one line of ASCII, line feed included. */
    static byte[] line(Body body) throws IOException {
        var bytes = new ByteArrayOutputStream(4096);
        try (var json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            body.write(new JsonFields(json));
            json.writeEndObject();
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    /** An array that is made once, and written by {@link #made} at each place that wants it. */
    static SerializableString array(List<String> values) {
        return made(json -> {
            json.writeStartArray();
            for (String each : values) json.writeString(cut(each));
            json.writeEndArray();
        });
    }

    /** The same of an object. */
    static SerializableString object(Body body) {
        return made(json -> {
            json.writeStartObject();
            body.write(new JsonFields(json));
            json.writeEndObject();
        });
    }

    private interface Writing {
        void on(JsonGenerator json) throws IOException;
    }

    private static SerializableString made(Writing writing) {
        var text = new StringWriter();
        try (var json = FACTORY.createGenerator(text)) {
            writing.on(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new SerializedString(text.toString());
    }

    JsonFields made(String name, Optional<SerializableString> value) throws IOException {
        if (value.isEmpty()) return this;
        json.writeFieldName(name);
        json.writeRawValue(value.get());
        return this;
    }

    /** Nothing for an empty list. */
    JsonFields made(String name, List<SerializableString> all) throws IOException {
        if (all.isEmpty()) return this;
        json.writeArrayFieldStart(name);
        for (SerializableString each : all) json.writeRawValue(each);
        json.writeEndArray();
        return this;
    }

    JsonFields object(String name, Body body) throws IOException {
        json.writeObjectFieldStart(name);
        body.write(this);
        json.writeEndObject();
        return this;
    }

    /** Nothing for an empty list. */
    <T> JsonFields objects(String name, List<T> all, Element<T> element) throws IOException {
        if (all.isEmpty()) return this;
        json.writeArrayFieldStart(name);
        for (T each : all) {
            json.writeStartObject();
            element.write(each, this);
            json.writeEndObject();
        }
        json.writeEndArray();
        return this;
    }

    JsonFields text(String name, Object value) throws IOException {
        json.writeStringField(name, cut(value.toString()));
        return this;
    }

    JsonFields text(String name, Optional<?> value) throws IOException {
        return value.isPresent() ? text(name, value.get()) : this;
    }

    JsonFields time(String name, Instant value) throws IOException {
        json.writeStringField(name, Timestamp.of(value));
        return this;
    }

    /** Nothing for an empty list. */
    JsonFields texts(String name, List<String> values) throws IOException {
        if (values.isEmpty()) return this;
        json.writeArrayFieldStart(name);
        for (String each : values) json.writeString(cut(each));
        json.writeEndArray();
        return this;
    }

    JsonFields number(String name, long value) throws IOException {
        json.writeNumberField(name, value);
        return this;
    }

    JsonFields flag(String name, boolean value) throws IOException {
        json.writeBooleanField(name, value);
        return this;
    }

    /** The octets of messages are as long as they are. */
    JsonFields whole(String name, String value) throws IOException {
        json.writeStringField(name, value);
        return this;
    }

    /** Each by its own name. */
    JsonFields facts(Facts facts) throws IOException {
        for (var each : facts.all().entrySet()) write(each.getKey(), each.getValue());
        return this;
    }

    private void write(String name, Facts.Value value) throws IOException {
        if (value instanceof Facts.Text text) text(name, text.text());
        else if (value instanceof Facts.Octets octets) whole(name, octets.hex());
        else if (value instanceof Facts.Number number) number(name, number.number());
        else if (value instanceof Facts.Texts texts) texts(name, texts.texts());
        else if (value instanceof Facts.Inner inner) object(name, fields -> fields.facts(inner.facts()));
        else if (value instanceof Facts.Several several)
            objects(name, several.each(), (facts, fields) -> fields.facts(facts));
    }

    private static String cut(String text) {
        return text.length() > MOST ? text.substring(0, MOST) + "..." : text;
    }

    /** DEL too is written as an escape, so that a line shown on a terminal does nothing to it. */
    private static final class PrintableAscii extends CharacterEscapes {

        private static final long serialVersionUID = 1L;

        private final int[] codes = standardAsciiEscapesForJSON();

        PrintableAscii() {
            codes[0x7F] = ESCAPE_STANDARD;
        }

        /** Asked for each line, and not changed by who asks. */
        @Override
        public int[] getEscapeCodesForAscii() {
            return codes;
        }

        @Override
        public SerializableString getEscapeSequence(int c) {
            return null;
        }
    }
}
