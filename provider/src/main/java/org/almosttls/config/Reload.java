package org.almosttls.config;

import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * That key and trust stores are read again when their files change.
 *
 * @param every how long a look at a file holds good
 * @param files those of stores that applications load by themselves
 */
public record Reload(Duration every, List<String> files) {

    /** The word for whether, and how often files are looked at: {@code true}, {@code false}, {@code 30s} or {@code 5m}. */
    public static final String WORD = "reload";

    /** The word for the files of stores that applications load, with the platform's path separator between them. */
    public static final String STORES = "reload.stores";

    private static final Duration USUAL = Duration.ofSeconds(1);

    public Reload {
        files = List.copyOf(files);
    }

    /** Nothing unless one of the two words asks for it. */
    static Optional<Reload> of(Function<String, Optional<String>> values) {
        var files = values.apply(STORES).map(Reload::files).orElse(List.of());
        var every = values.apply(WORD)
                .map(Reload::every)
                .orElseGet(() -> files.isEmpty() ? Optional.empty() : Optional.of(USUAL));
        return every.map(time -> new Reload(time, files));
    }

    private static Optional<Duration> every(String value) {
        return value.equals("true") ? Optional.of(USUAL) : OnRequest.interval(value);
    }

    private static List<String> files(String list) {
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(list)
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    /** What is to be said of a value that means nothing. */
    public static Optional<String> complaint(Function<String, Optional<String>> values) {
        return values.apply(WORD)
                .filter(value -> !value.equals("false") && every(value).isEmpty())
                .map(value ->
                        WORD + "=" + value + ": it is true, false or a time such as 30s or 5m; nothing is reloaded");
    }
}
