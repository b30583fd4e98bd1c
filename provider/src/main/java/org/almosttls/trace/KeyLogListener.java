package org.almosttls.trace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.SecretDerived;
import org.almosttls.event.TlsEventListener;

/**
 * RFC 9850: the secrets of sessions, by which whoever has captured them can read them. Each label is written once for
 * each client random. Never without being asked for in so many words.
 */
public final class KeyLogListener implements TlsEventListener, AutoCloseable {

    private static final int MOST_REMEMBERED = 1 << 14;
    private static final int MOST_OCTETS_OF_A_LINE = 512;
    private static final long PATIENCE_AT_EXIT_MILLIS = 2000;

    private final LineWriter writer;
    private final Thread atExit = LineWriter.thread(this::flush, "AlmostTLS key log at exit");
    private final Set<String> told = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_REMEMBERED;
        }
    });

    private KeyLogListener(LineWriter writer) {
        this.writer = writer;
    }

    /**
     * Opens a key log, to which is added; if it is not there it is made, readable by its owner only.
     *
     * @param file its name, with {@code %p} and {@code %t} as in {@link SessionLog#open}
     * @throws IllegalArgumentException naming the file if it cannot be written
     */
    public static KeyLogListener open(String file) {
        try {
            var sink = LogFile.open(LogFile.named(file, LocalDateTime.now()));
            var opened = new KeyLogListener(new LineWriter(sink, StandardStream.STDERR, new Tally()));
            Runtime.getRuntime().addShutdownHook(opened.atExit);
            return opened;
        } catch (IOException | InvalidPathException | IllegalStateException cause) {
            throw new IllegalArgumentException("keylog=" + Printable.of(file) + ": cannot be written", cause);
        }
    }

    /** Waits a moment for what was told to be written. */
    void flush() {
        try {
            writer.flush(PATIENCE_AT_EXIT_MILLIS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits a moment for what is to be written, and hears nothing more. */
    @Override
    public void close() {
        flush();
        writer.close();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException exiting) {
            // Then the hook finds nothing left to write.
            return;
        }
    }

    @Override
    public boolean wants(Kind kind) {
        return kind == Kind.SECRET;
    }

    @Override
    public void on(Moment moment, TlsEvent event) {
        // The textbook's secrets have no random to name a session by, and RFC 9850 no labels for them.
        if (event instanceof SecretDerived derived && derived.clientRandom().length > 0) write(derived);
    }

    private void write(SecretDerived derived) {
        var hex = HexFormat.of();
        var session = derived.label() + " " + hex.formatHex(derived.clientRandom());
        if (!isNew(session)) return;
        var line = session + " " + hex.formatHex(derived.secret().bytes()) + "\n";
        var octets = line.getBytes(StandardCharsets.US_ASCII);
        writer.write(missing -> octets, MOST_OCTETS_OF_A_LINE);
    }

    private synchronized boolean isNew(String session) {
        return told.add(session);
    }
}
