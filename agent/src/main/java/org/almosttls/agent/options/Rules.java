package org.almosttls.agent.options;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the lists {@code install.only} and {@code install.except}.
 *
 * @param classes names of classes, or of packages with {@code .} at their ends
 * @param ends of connections, each by host, port or both
 */
record Rules(List<String> classes, List<End> ends) {

    static final Rules NONE = new Rules(List.of(), List.of());

    private static final Pattern PACKAGE = Pattern.compile("([\\p{L}\\d_$]+\\.)+\\*");
    private static final Pattern CLASS = Pattern.compile("[\\p{L}\\d_$.]*\\p{Lu}[\\p{L}\\d_$.]*");
    private static final Pattern END = Pattern.compile("(\\*|\\[[0-9A-Fa-f:.%]+]|[^\\s:*\\[\\]]+)(?::(\\d{1,5}))?");
    private static final int LAST_PORT = 65535;

    /** @throws IllegalArgumentException with the rule that is none */
    static Rules of(String text) {
        List<String> classes = new ArrayList<>();
        List<End> ends = new ArrayList<>();
        for (String part : text.split(";", -1)) {
            String rule = part.strip();
            if (PACKAGE.matcher(rule).matches()) classes.add(rule.substring(0, rule.length() - 1));
            else if (CLASS.matcher(rule).matches()) classes.add(rule);
            else ends.add(end(rule));
        }
        return new Rules(classes, ends);
    }

    private static End end(String rule) {
        Matcher matcher = END.matcher(rule);
        if (!matcher.matches()) throw new IllegalArgumentException(rule);
        String host = matcher.group(1).replaceAll("[*\\[\\]]", "").toLowerCase(Locale.ROOT);
        int port = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        boolean saysNothing = port == 0 && (host.isEmpty() || matcher.group(2) != null);
        if (saysNothing || port > LAST_PORT) throw new IllegalArgumentException(rule);
        return new End(host, port);
    }

    boolean areNone() {
        return classes.isEmpty() && ends.isEmpty();
    }

    /** Whether a class is named, or the class that it is nested in, or its package. */
    boolean nameOneOf(Collection<String> callers) {
        return callers.stream().anyMatch(caller -> classes.stream().anyMatch(names(caller)));
    }

    private static Predicate<String> names(String caller) {
        return rule ->
                rule.endsWith(".") ? caller.startsWith(rule) : caller.equals(rule) || caller.startsWith(rule + "$");
    }

    boolean nameAnEnd(Collection<End> candidates) {
        return candidates.stream().anyMatch(end -> ends.stream().anyMatch(rule -> names(rule, end)));
    }

    private static boolean names(End rule, End end) {
        return (rule.host().isEmpty() || rule.host().equals(end.host()))
                && (rule.port() == 0 || rule.port() == end.port());
    }
}
