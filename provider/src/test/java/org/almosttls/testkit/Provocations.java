package org.almosttls.testkit;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;

/** Which violations the tests of this run have provoked, by which way, and in which test. */
public final class Provocations {

    /** How a mistake reached the code that noticed it, the most telling way first. */
    public enum Way {
        /** As octets that a connection received. */
        OCTETS,
        /** As a whole message that a state received. */
        MESSAGE,
        /** As an argument to a part of the stack. */
        PART,
        /** Not at all: a test threw it. */
        INVENTED
    }

    /**
     * One violation that came up.
     *
     * @param test as {@code record.RecordReaderTest.refusesRecordsThatAreTooLong}
     */
    public record Provocation(Violation violation, Way way, String test) implements Comparable<Provocation> {
        @Override
        public int compareTo(Provocation other) {
            return toString().compareTo(other.toString());
        }
    }

    private static final String ROOT = "org.almosttls.";
    private static final Set<Provocation> ALL = new ConcurrentSkipListSet<>();

    private static volatile String test = "";

    private Provocations() {}

    /** From now on this test is what provokes. */
    public static void by(Class<?> ofClass, String method) {
        test = nameOf(ofClass, method);
    }

    public static String nameOf(Class<?> ofClass, String method) {
        return ofClass.getName().substring(ROOT.length()) + "." + method;
    }

    /** What {@link Expect} notes by itself. */
    public static void note(TlsAlertException thrown) {
        ALL.add(new Provocation(thrown.violation(), wayOf(thrown), test));
    }

    public static Collection<Provocation> all() {
        return ALL;
    }

    private static Way wayOf(TlsAlertException thrown) {
        var frames = thrown.getStackTrace();
        Way way = isOfTests(frames) ? Way.INVENTED : Way.PART;
        for (var frame : frames) {
            if (frame.getClassName().equals(ROOT + "engine.TlsConnection")) return Way.OCTETS;
            if (frame.getClassName().equals(ROOT + "testkit.StateEnd")) way = Way.MESSAGE;
        }
        return way;
    }

    /** Whether a test is the first to have asked for it. */
    private static boolean isOfTests(StackTraceElement[] frames) {
        for (var frame : frames) {
            if (frame.getClassName().startsWith(ROOT + "alert.")) continue;
            return isTest(frame.getClassName());
        }
        return true;
    }

    private static boolean isTest(String className) {
        try {
            var source = Class.forName(className).getProtectionDomain().getCodeSource();
            return source == null || source.getLocation().getPath().endsWith("/test-classes/");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
