package org.almosttls.agent.cli;

import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** What the demo shows: numbered steps, commands as one would type them, and the lines of its processes. */
final class Screen {

    private final PrintStream out;
    private final Ansi ansi;
    private int steps;

    /** @param ansi whether emphasis is wanted: not in a file, nor under NO_COLOR */
    Screen(PrintStream out, Ansi ansi) {
        this.out = out;
        this.ansi = ansi;
    }

    synchronized void title(String text) {
        out.println(emphasised("bold", text));
    }

    synchronized void step(String text) {
        steps++;
        out.println();
        out.println(emphasised("bold", steps + ". " + text));
    }

    synchronized void command(List<String> words) {
        out.println("   $ " + String.join(" ", words));
    }

    synchronized void line(String label, String text) {
        out.println(emphasised("faint", String.format("   %-8s| ", label)) + text);
    }

    synchronized void remark(String text) {
        out.println("   " + text);
    }

    synchronized void good(String text) {
        out.println("   " + emphasised("green", "ok: ") + text);
    }

    synchronized void bad(String text) {
        out.println();
        out.println(emphasised("bold,red", "The demo failed: ") + text);
    }

    private String emphasised(String how, String text) {
        return ansi.enabled() ? Ansi.ON.string("@|" + how + " " + text + "|@") : text;
    }
}
