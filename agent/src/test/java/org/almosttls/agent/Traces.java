package org.almosttls.agent;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** What an application finds in an exception, with its causes and those that were suppressed: a line for each frame. */
final class Traces {

    private Traces() {}

    /** If that is asked for. */
    static void print(String who, Throwable thrown) {
        if (Boolean.getBoolean("traces")) print(who, thrown, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static void print(String who, Throwable thrown, Set<Throwable> seen) {
        if (thrown == null || !seen.add(thrown)) return;
        System.out.println(who + " thrown " + thrown.getClass().getName());
        Arrays.stream(thrown.getStackTrace()).forEach(frame -> System.out.println(who + " at " + frame));
        for (Throwable suppressed : thrown.getSuppressed()) print(who + " suppressed", suppressed, seen);
        print(who + " cause", thrown.getCause(), seen);
    }
}
