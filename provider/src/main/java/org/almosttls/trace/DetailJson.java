package org.almosttls.trace;

import java.io.IOException;
import org.almosttls.trace.DetailLine.Kind;
import org.almosttls.trace.DetailLine.Protection;

/** One JSON object for a message or a record. {@code docs/session-log.md} tells each field. */
final class DetailJson {

    private DetailJson() {}

    static byte[] render(DetailLine line, long missing) throws IOException {
        return JsonFields.line(fields -> fields.text("@timestamp", line.time())
                .object("process", process -> process.number("pid", JsonFormat.PID))
                .object("almosttls", almost -> {
                    if (missing > 0) almost.number("lost_before", missing);
                    write(line, almost);
                }));
    }

    private static void write(DetailLine line, JsonFields almost) throws IOException {
        var opening = line.opening();
        almost.number("schema", JsonFormat.SCHEMA)
                .text("kind", JsonFormat.lower(line.kind()))
                .number("connection", opening.connection())
                .text("provider", opening.provider())
                .text("role", JsonFormat.lower(opening.role()))
                .text("direction", JsonFormat.lower(line.direction()));
        if (line.protection().isPresent())
            almost.flag("protected", line.protection().get().isProtected());
        almost.text("keys", line.protection().flatMap(Protection::keys));
        if (line.kind() == Kind.RECORD) almost.object("record", record -> record.facts(line.head()));
        else almost.object("message", message -> writeMessage(line, message));
    }

    private static void writeMessage(DetailLine line, JsonFields message) throws IOException {
        message.text("name", line.name()).facts(line.head());
        if (!line.body().all().isEmpty()) message.object("body", body -> body.facts(line.body()));
    }
}
