package org.almosttls.schedules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.almosttls.config.OnRequest.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Engines of ours and the platform's under schedules that chance has made. {@code -Dschedules.seed=N} carries out that of
 * one seed alone, {@code -Dschedules.count=N} that many, from {@code -Dschedules.first=N} on.
 */
class SchedulesTest {

    private static final int SERIES = 100;
    private static final long COUNT = 800;

    static LongStream series() {
        return LongStream.iterate(first(), from -> from < end(), from -> from + SERIES);
    }

    private static long first() {
        return Long.getLong("schedules.seed", Long.getLong("schedules.first", 0));
    }

    private static long end() {
        return first() + (Long.getLong("schedules.seed") == null ? Long.getLong("schedules.count", COUNT) : 1);
    }

    @ParameterizedTest
    @MethodSource("series")
    void nothingHangsOrIsLostAndEachAnswerIsLawful(long from) {
        for (long seed = from; seed < Math.min(from + SERIES, end()); seed++) Schedules.run(seed);
    }

    /**
     * Where nothing is deflated, which makes lengths of what is random (newer platforms' servers do so with tickets), or
     * signed by ECDSA, which does that too.
     */
    static LongStream exact() {
        return LongStream.range(0, 1000)
                .filter(seed -> !Plan.of(seed).isCrowded())
                .filter(seed -> !Plan.of(seed).setting().features().contains(Feature.COMPRESSION))
                .filter(seed -> Plan.of(seed).setting().server() == Stack.OURS)
                .filter(seed -> Plan.of(seed).setting().key() != Setting.Key.ECDSA)
                .limit(5);
    }

    @ParameterizedTest
    @MethodSource("exact")
    void aSeedMeansOneSchedule(long seed) {
        assertEquals(Schedules.run(seed), Schedules.run(seed));
    }

    @Test
    void mostSchedulesAreOfOurs() {
        long ours = LongStream.range(0, 1000)
                .filter(seed -> Plan.of(seed).setting().client() == Stack.OURS
                        || Plan.of(seed).setting().server() == Stack.OURS)
                .count();
        assertTrue(ours > 800);
    }
}
