package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As the platform writes them. */
class TimestampTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "2026-11-27T04:21:00Z",
                "2026-11-27T04:21:00.100Z",
                "2026-11-27T04:21:00.001Z",
                "2026-11-27T04:21:00.000001Z",
                "2026-11-27T04:21:00.120450Z",
                "2026-11-27T04:21:00.000000001Z",
                "2026-11-27T04:21:59.999999999Z",
                "9999-12-31T23:59:59Z",
                "+292278994-08-17T07:12:55.807Z",
                "-0001-12-31T23:59:59.500Z"
            })
    void isItsText(String text) {
        assertEquals(text, Timestamp.of(Instant.parse(text)));
    }

    @Test
    void whateverCameBefore() {
        var random = new Random(3339);
        for (int i = 0; i < 10_000; i++) {
            long nanos = random.nextInt(1000) * (random.nextBoolean() ? 1_000_000L : random.nextInt(1_000_000));
            var time = Instant.ofEpochSecond(random.nextInt(200) - 100, nanos);
            assertEquals(time.toString(), Timestamp.of(time));
        }
    }
}
