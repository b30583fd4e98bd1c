package org.almosttls.schedules;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was called and what came of it, as far back as it may be of use; and a number for all of it. */
final class Trail {

    private static final int MOST_LINES = 120;

    private final Deque<String> lines = new ArrayDeque<>();
    private long all;

    synchronized void note(String line) {
        all = all * 31 + line.hashCode();
        lines.add(line);
        if (lines.size() > MOST_LINES) lines.remove();
    }

    /** The same for two runs that went the same way. */
    synchronized long number() {
        return all;
    }

    @Override
    public synchronized String toString() {
        return String.join("\n", lines);
    }
}
