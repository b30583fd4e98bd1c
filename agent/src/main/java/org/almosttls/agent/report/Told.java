package org.almosttls.agent.report;

import java.io.PrintStream;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What the agent has to say about itself: single lines on stderr, each once, and not without end. */
public final class Told {

    private static final int MOST = 32;

    private final PrintStream out;
    private boolean apart;
    private Optional<Murmur> murmur = Optional.empty();
    private final Set<String> said = new HashSet<>();

    public Told(PrintStream out) {
        this.out = out;
    }

    /** From now on nobody waits until a line is read: the application runs, and it may be its thread. */
    public synchronized void goApart() {
        apart = true;
    }

    /** What is to be said is said, or nobody reads it; from now on whoever says something waits. */
    public synchronized void close() {
        murmur.ifPresent(Murmur::close);
        murmur = Optional.empty();
        apart = false;
    }

    public void line(String line) {
        say("AlmostTLS: " + line.replaceAll("\\R", " "));
    }

    private void say(String line) {
        Optional<Murmur> other = murmur();
        if (other.isPresent()) other.get().say(line);
        else out.println(line);
    }

    private synchronized Optional<Murmur> murmur() {
        if (apart && murmur.isEmpty()) murmur = Optional.of(new Murmur(out));
        return murmur;
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
