package org.almosttls.interop;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEventListener;
import org.almosttls.trace.SessionLog;

/** The session log of our end of one connection. */
final class SessionLines implements TlsEventListener {

    private final Path file = newFile();
    private final SessionLog log = SessionLog.open(file.toString(), Optional.of("json"));
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<RuntimeException> broken = new AtomicReference<>();

    private static Path newFile() {
        try {
            var file = Files.createTempFile("almosttls", ".jsonl");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean wants(Kind kind) {
        return log.wants(kind);
    }

    @Override
    public void on(Moment moment, TlsEvent event) {
        try {
            log.on(moment, event);
        } catch (RuntimeException e) {
            broken.set(e);
        }
        if (event instanceof TlsEvent.Closed) closed.countDown();
    }

    /** The line of the connection once it is over: its values by the dotted names of their fields. */
    Map<String, String> line() throws IOException, InterruptedException {
        if (!closed.await(30, TimeUnit.SECONDS)) throw new AssertionError("the connection is not over");
        if (broken.get() != null) throw new AssertionError("the session log broke", broken.get());
        log.close();
        var lines = Files.readAllLines(file);
        if (lines.size() != 1) throw new AssertionError("one line, not " + lines);
        return parse(lines.get(0));
    }

    private static Map<String, String> parse(String line) throws IOException {
        var fields = new TreeMap<String, String>();
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken().isScalarValue()) fields.put(name(parser), parser.getText());
            }
        }
        return fields;
    }

    /** /tls/server/hash as tls.server.hash, /offers/0 as offers.0. */
    private static String name(JsonParser parser) {
        return parser.getParsingContext()
                .pathAsPointer()
                .toString()
                .substring(1)
                .replace('/', '.');
    }
}
