package org.almosttls.testkit;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text that one thread appends to while others wait for what is to come in it. */
public final class GrowingText {

    private static final long PATIENCE_MILLIS = 30_000;

    private final StringBuilder text = new StringBuilder();
    private boolean ended;
    private int taken;

    public synchronized void append(byte[] octets, int count) {
        text.append(new String(octets, 0, count, StandardCharsets.ISO_8859_1));
        notifyAll();
    }

    /** Nothing more will come. */
    public synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Waits until this has come; the last group of the match. */
    public synchronized String await(String regex) {
        var found = awaitFrom(0, regex);
        return found.group(found.groupCount());
    }

    /** Waits until this comes after all that was taken before, and takes it; the last group of the match. */
    public synchronized String take(String regex) {
        var found = awaitFrom(taken, regex);
        taken = found.end();
        return found.group(found.groupCount());
    }

    /** Waits until nothing more will come. */
    public synchronized void awaitEnd() {
        long deadline = deadline();
        while (!ended) waitUntil(deadline, "end");
    }

    public synchronized boolean has(String regex) {
        return Pattern.compile(regex).matcher(text).find();
    }

    private Matcher awaitFrom(int start, String regex) {
        long deadline = deadline();
        var matcher = Pattern.compile(regex).matcher(text);
        while (!matcher.reset(text).find(start)) {
            if (ended) throw new AssertionError("ended without '" + regex + "':\n" + text);
            waitUntil(deadline, regex);
        }
        return matcher;
    }

    private static long deadline() {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    }

    private void waitUntil(long deadline, String what) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) throw new AssertionError("waited in vain for '" + what + "':\n" + text);
        try {
            wait(left);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting for '" + what + "':\n" + text, e);
        }
    }

    @Override
    public synchronized String toString() {
        return text.toString();
    }
}
