package org.almosttls.trace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.almosttls.event.TlsEventListener;

/** The words that ask for a session log: {@code log}, {@code format} and {@code detail}, and where they come from. */
final class LogWords {

    private static final String TEXT = "text";
    private static final String JSON = "json";

    private LogWords() {}

    /** @throws IllegalArgumentException naming word and value if one is not known or the file cannot be written */
    static SessionLog.Output open(String log, Optional<String> format, Tally tally) {
        boolean standard = log.equals("stderr") || log.equals("stdout");
        var lines = format(format.orElse(standard ? TEXT : JSON));
        return new SessionLog.Output(lines, new LineWriter(sink(log), StandardStream.STDERR, tally));
    }

    private static LineFormat format(String word) {
        return switch (word) {
            case TEXT -> new TextFormat();
            case JSON -> new JsonFormat();
            default -> throw new IllegalArgumentException("format=" + Printable.of(word) + ": it is text or json");
        };
    }

    private static LineSink sink(String log) {
        return switch (log) {
            case "stderr" -> StandardStream.STDERR;
            case "stdout" -> StandardStream.STDOUT;
            case "" -> throw new IllegalArgumentException("log=: it is stderr, stdout or a file");
            default -> file(log);
        };
    }

    private static LineSink file(String pattern) {
        try {
            return LogFile.open(LogFile.named(pattern, LocalDateTime.now()));
        } catch (NoSuchFileException absent) {
            throw unwritable(pattern, "its folder does not exist", absent);
        } catch (IOException | InvalidPathException cause) {
            throw unwritable(pattern, String.valueOf(cause.getMessage()), cause);
        }
    }

    private static IllegalArgumentException unwritable(String pattern, String why, Exception cause) {
        return new IllegalArgumentException(
                "log=" + Printable.of(pattern) + ": cannot be written: " + Printable.of(why), cause);
    }

    static TlsEventListener fromSystem() {
        try {
            var properties = System.getProperties();
            var environment = System.getenv();
            return given("log", properties, environment)
                    .<TlsEventListener>map(log -> SessionLog.open(
                            log,
                            given("format", properties, environment),
                            given("detail", properties, environment)
                                    .map(Detail::of)
                                    .orElse(Detail.SESSION)))
                    .orElse(TlsEventListener.none());
        } catch (IllegalArgumentException refused) {
            complain("AlmostTLS: almosttls." + refused.getMessage() + "; sessions are not logged\n");
            return TlsEventListener.none();
        } catch (SecurityException forbidden) {
            // A security manager keeps properties, files or hooks from the application that happens to come first.
            complain("AlmostTLS: " + Printable.of(forbidden.toString()) + "; sessions are not logged\n");
            return TlsEventListener.none();
        }
    }

    /** The system property wins over the environment. */
    static Optional<String> given(String word, Properties properties, Map<String, String> environment) {
        return Optional.ofNullable(properties.getProperty("almosttls." + word))
                .or(() -> Optional.ofNullable(environment.get(variable(word))))
                .map(String::strip);
    }

    private static String variable(String word) {
        return "ALMOSTTLS_" + word.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    static void complain(String line) {
        try {
            StandardStream.STDERR.write(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException nobodyHears) {
            return;
        }
    }
}
