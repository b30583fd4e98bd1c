package org.almosttls.schedules;

import java.util.stream.LongStream;

/** Carries out schedules, one after the other, and says of one that goes wrong how to see it again. */
final class Schedules {

    private Schedules() {}

    /** @param arguments the first seed, and how many */
    public static void main(String[] arguments) {
        long first = Long.parseLong(arguments[0]);
        long count = Long.parseLong(arguments[1]);
        long failed = LongStream.range(first, first + count)
                .filter(seed -> !goesWell(seed))
                .count();
        System.out.println(count + " schedules, " + failed + " of them failed");
    }

    private static boolean goesWell(long seed) {
        try {
            run(seed);
            return true;
        } catch (AssertionError wrong) {
            wrong.printStackTrace(System.out);
            return false;
        }
    }

    /** @return what is the same for each run that goes the same way */
    static long run(long seed) {
        var plan = Plan.of(seed);
        var trail = new Trail();
        try {
            if (plan.isCrowded()) new Crowd(plan, trail).go();
            else new Run(plan, trail).go();
        } catch (AssertionError | RuntimeException wrong) {
            throw new AssertionError(
                    "seed " + seed + " (again by -Dschedules.seed=" + seed + "): " + wrong.getMessage()
                            + (wrong.getCause() == null ? "" : " (" + wrong.getCause() + ")") + "\n" + plan
                            + "\n" + trail,
                    wrong);
        }
        return trail.number();
    }
}
