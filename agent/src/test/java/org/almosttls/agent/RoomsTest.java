package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/** Holds the arrows between the agent's rooms to the table of HOUSE_STYLE. */
class RoomsTest {

    private static final String PROVIDER = "provider";

    /** What each room may use. */
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("agent", Set.of("agent.boot")),
            Map.entry("agent.boot", Set.of()),
            Map.entry("agent.hook", Set.of("agent.boot", "agent.options")),
            Map.entry("agent.options", Set.of()),
            Map.entry("agent.report", Set.of("agent.options", PROVIDER)),
            Map.entry("agent.observe", Set.of("agent.boot", "agent.weak", PROVIDER)),
            Map.entry("agent.choice", Set.of("agent.options")),
            Map.entry(
                    "agent.install",
                    Set.of(
                            "agent.boot",
                            "agent.choice",
                            "agent.hook",
                            "agent.observe",
                            "agent.options",
                            "agent.report",
                            "agent.upgrade",
                            PROVIDER)),
            Map.entry("agent.upgrade", Set.of("agent.boot", "agent.options", "agent.report", "agent.weak")),
            Map.entry("agent.weak", Set.of()),
            Map.entry("agent.quiet", Set.of()),
            Map.entry("agent.authority", Set.of()),
            Map.entry("agent.lab", Set.of("agent.authority", PROVIDER)),
            Map.entry("agent.attach", Set.of("agent.boot", "agent.install", "agent.options", "agent.report")),
            Map.entry("agent.cli", Set.of("agent.attach", "agent.options", "agent.authority", "agent.lab")));

    private static final Pattern ARROW =
            Pattern.compile("^\\s+org\\.almosttls\\.(\\S+)\\s+-> org\\.almosttls(\\S*)\\s");

    @Test
    void noRoomUsesAnotherThatItMayNot() {
        Map<String, Set<String>> forbidden = new TreeMap<>();
        arrows().forEach((room, used) -> {
            Set<String> wrong = new TreeSet<>(used);
            wrong.removeAll(ALLOWED.getOrDefault(room, Set.of()));
            wrong.remove(room);
            if (!wrong.isEmpty()) forbidden.put(room, wrong);
        });
        assertEquals(Map.of(), forbidden);
    }

    @Test
    void everyRoomIsInTheTable() {
        Set<String> rooms = new TreeSet<>(arrows().keySet());
        rooms.removeAll(ALLOWED.keySet());
        assertEquals(Set.of(), rooms);
    }

    @Test
    void theArrowsAreSeen() {
        assertEquals(true, arrows().get("agent.hook").contains("agent.boot"));
    }

    private static Map<String, Set<String>> arrows() {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
        String classes = Path.of("target", "classes").toString();
        jdeps.run(
                writer,
                writer,
                "--multi-release",
                "base",
                "-verbose:package",
                "-filter:none",
                "-cp",
                System.getProperty("java.class.path"),
                classes);
        Map<String, Set<String>> arrows = new TreeMap<>();
        out.toString()
                .lines()
                .map(ARROW::matcher)
                .filter(Matcher::find)
                .forEach(arrow -> arrows.computeIfAbsent(arrow.group(1), room -> new TreeSet<>())
                        .add(roomOf(arrow.group(2))));
        return arrows;
    }

    private static String roomOf(String name) {
        return name.startsWith(".agent") ? name.substring(1) : PROVIDER;
    }
}
