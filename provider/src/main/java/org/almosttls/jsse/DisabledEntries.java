package org.almosttls.jsse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One of the platform's lists of disabled algorithms: names, with {@code *} in newer platforms, {@code RSA keySize < n}
 * and the like, {@code usage} and {@code include} of another property. An entry that also depends on
 * {@code denyAfter} or {@code jdkCA} is for paths of certificates, which trust managers judge.
 */
final class DisabledEntries {

    private static final Pattern SIZE = Pattern.compile("(\\w+) KEYSIZE (<|<=|==|!=|>|>=) (\\d{1,6})");
    private static final Pattern USAGE = Pattern.compile("(\\S+) USAGE ([\\w ]+)");

    private final Map<String, String> names = new HashMap<>();
    private final List<Wildcard> wildcards = new ArrayList<>();
    private final List<Size> sizes = new ArrayList<>();
    private final List<Usage> usages = new ArrayList<>();
    private final List<String> rules = new ArrayList<>();

    private record Wildcard(Pattern pattern, String rule) {}

    private record Usage(String name, List<String> uses, String rule) {}

    private record Size(String algorithm, String comparison, int bound, String rule) {

        boolean disables(int size) {
            return switch (comparison) {
                case "<" -> size < bound;
                case "<=" -> size <= bound;
                case "==" -> size == bound;
                case "!=" -> size != bound;
                case ">" -> size > bound;
                default -> size >= bound;
            };
        }

        /** The least size that is not too small. */
        int least() {
            return switch (comparison) {
                case "<" -> bound;
                case "<=" -> bound + 1;
                default -> 0;
            };
        }
    }

    private DisabledEntries() {}

    /** As the security property stands now. */
    static DisabledEntries of(String property) {
        var entries = new DisabledEntries();
        for (String entry : entriesOf(property)) {
            if (entry.regionMatches(true, 0, "include ", 0, 8))
                entriesOf(entry.substring(8).trim()).forEach(included -> entries.add(property, included));
            else entries.add(property, entry);
        }
        return entries;
    }

    private static List<String> entriesOf(String property) {
        String value = Asked.security(property);
        return value == null
                ? List.of()
                : List.of(value.replace("\"", "").trim().split("\\s*,\\s*"));
    }

    private void add(String property, String entry) {
        String word = entry.toUpperCase(Locale.ROOT).replaceAll("\\s+", " ");
        if (word.isEmpty()) return;
        String rule = property + ": " + entry;
        rules.add(rule);
        var size = SIZE.matcher(word);
        var usage = USAGE.matcher(word);
        if (size.matches()) sizes.add(new Size(size.group(1), size.group(2), Integer.parseInt(size.group(3)), rule));
        else if (usage.matches()) usages.add(new Usage(usage.group(1), usesOf(usage.group(2)), rule));
        else if (word.contains("*")) wildcards.add(new Wildcard(patternOf(word), rule));
        else if (word.indexOf(' ') < 0) names.put(word, rule);
    }

    private static List<String> usesOf(String words) {
        return List.of(words.trim().split(" "));
    }

    private static Pattern patternOf(String word) {
        var parts = Arrays.stream(word.split("\\*", -1)).map(Pattern::quote).toArray(String[]::new);
        return Pattern.compile(String.join(".*", parts));
    }

    /** The rule against this name, whatever it is used for. */
    Optional<String> against(String name) {
        var upper = name.toUpperCase(Locale.ROOT);
        return Optional.ofNullable(names.get(upper))
                .or(() -> wildcards.stream()
                        .filter(each -> each.pattern.matcher(upper).matches())
                        .map(Wildcard::rule)
                        .findFirst());
    }

    /** The rule against this name for this use, such as {@code HandshakeSignature}. */
    Optional<String> against(String name, String use) {
        return against(name)
                .or(() -> usages.stream()
                        .filter(each ->
                                each.name.equalsIgnoreCase(name) && each.uses.contains(use.toUpperCase(Locale.ROOT)))
                        .map(Usage::rule)
                        .findFirst());
    }

    /** The rule against keys of this size, for an algorithm by any of its names. */
    Optional<String> against(int size, String... algorithms) {
        return Stream.concat(
                        Arrays.stream(algorithms).flatMap(each -> against(each).stream()),
                        sizes.stream()
                                .filter(each -> List.of(algorithms).contains(each.algorithm) && each.disables(size))
                                .map(Size::rule))
                .findFirst();
    }

    /** The least size of keys that is not too small, 0 without a rule. */
    int leastSize(String... algorithms) {
        return sizes.stream()
                .filter(each -> List.of(algorithms).contains(each.algorithm))
                .mapToInt(Size::least)
                .reduce(0, Math::max);
    }

    /** All entries, each with the property before it. */
    List<String> rules() {
        return List.copyOf(rules);
    }
}
