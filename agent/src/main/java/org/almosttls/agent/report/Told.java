package org.almosttls.agent.report;

import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;

/** What the agent has to say about itself: single lines on stderr, each once, and not without end. */
public final class Told {

    private static final int MOST = 32;

    private final PrintStream out;
    private final Set<String> said = new HashSet<>();

    public Told(PrintStream out) {
        this.out = out;
    }

    public void line(String line) {
        out.println("AlmostTLS: " + line.replaceAll("\\R", " "));
    }

    /** Says it unless it has been said. */
    public void once(String line) {
        if (isNew(line)) line(line);
    }

    /** Says that something of ours failed, and why, unless the same has failed before. */
    public void failure(String what, Throwable why) {
        if (isNew(what)) line(what + " (" + why + ")");
    }

    private synchronized boolean isNew(String line) {
        return said.size() < MOST && said.add(line);
    }
}
