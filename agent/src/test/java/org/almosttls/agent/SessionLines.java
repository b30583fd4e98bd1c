package org.almosttls.agent;

import java.util.List;

/** Lines of the session log in text, among others. */
final class SessionLines {

    private SessionLines() {}

    static List<String> in(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith("AlmostTLS ")).toList();
    }

    /** The same lines without what differs from run to run: times, sizes, ports and names. */
    static List<String> shapes(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceAll("CN=[^|]+? (by|\\|)", "NAME $1")
                        .replaceAll("\\d{4}-\\S+Z", "TIME")
                        .replaceAll(":\\d+", ":PORT")
                        .replaceAll("[\\d.]+ ms", "N ms")
                        .replaceAll("\\d+ B", "N B"))
                .toList();
    }
}
