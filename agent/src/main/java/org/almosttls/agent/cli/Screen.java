package org.almosttls.agent.cli;

import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** What the demo shows: numbered steps, commands as one would type them, and the lines of its processes. */
final class Screen {

    private final PrintStream out;
    private final Emphasis emphasis;
    private int steps;

    /** @param ansi whether emphasis is wanted: not in a file, nor under NO_COLOR */
    Screen(PrintStream out, Ansi ansi) {
        this.out = out;
        this.emphasis = new Emphasis(ansi);
    }

    synchronized void title(String text) {
        out.println(emphasis.of("bold", text));
    }

    synchronized void step(String text) {
        steps++;
        out.println();
        out.println(emphasis.of("bold", steps + ". " + text));
    }

    synchronized void command(List<String> words) {
        out.println("   $ " + String.join(" ", words));
    }

    synchronized void line(String label, String text) {
        out.println(emphasis.of("faint", String.format("   %-8s| ", label)) + text);
    }

    synchronized void remark(String text) {
        out.println("   " + text);
    }

    synchronized void good(String text) {
        out.println("   " + emphasis.of("green", "ok: ") + text);
    }

    synchronized void bad(String text) {
        out.println();
        out.println(emphasis.of("bold,red", "The demo failed: ") + text);
    }
}
