package org.almosttls.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.almosttls.config.OnRequest.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnRequestTest {

    private static OnRequest of(Map<String, String> words) {
        return OnRequest.of(word -> Optional.ofNullable(words.get(word)));
    }

    @Test
    void whatSaysTrueIsDoneAndNothingElse() {
        var wanted = of(Map.of("compression", "true", "grease", "30s", "heartbeat", "true", "renegotiation", "false"));
        assertTrue(wanted.has(Feature.COMPRESSION));
        assertTrue(wanted.has(Feature.HEARTBEAT));
        assertFalse(wanted.has(Feature.GREASE));
        assertFalse(wanted.has(Feature.RENEGOTIATION));
        assertEquals(Optional.empty(), wanted.heartbeatInterval());
        assertEquals(OnRequest.NOTHING, of(Map.of()));
    }

    /** RFC 8446 §5.4: a size of blocks, or all that fits a record: 2^14 octets and the one of the type. */
    @ParameterizedTest
    @CsvSource({
        "none, 1",
        "1, 1",
        "512, 512",
        "16384, 16384",
        "max, 16385",
        "16385, 1",
        "0, 1",
        "-5, 1",
        "MAX, 1",
        "x, 1"
    })
    void recordsMayBePadded(String value, int block) {
        assertEquals(block, of(Map.of("record_padding", value)).paddingBlock());
    }

    @ParameterizedTest
    @CsvSource({"true, PT1S", "30s, PT30S", "5m, PT5M", "false,", "0s,", "often,", "TRUE,"})
    void storesMayBeReadAgain(String value, Duration every) {
        assertEquals(
                Optional.ofNullable(every), of(Map.of("reload", value)).reload().map(Reload::every));
    }

    @Test
    void storesThatApplicationsLoadAreNamedByTheirFiles() {
        var files = String.join(File.pathSeparator, "one.p12", "", " two.jks ");
        var wanted = of(Map.of("reload.stores", files)).reload().orElseThrow();
        assertEquals(List.of("one.p12", "two.jks"), wanted.files());
        assertEquals(Duration.ofSeconds(1), wanted.every());
        assertEquals(
                Optional.empty(),
                of(Map.of("reload.stores", files, "reload", "false")).reload());
    }

    @Test
    void aBadValueForReloadIsSaid() {
        Function<String, Optional<String>> often = word -> Optional.of("often");
        assertEquals(
                "reload=often: it is true, false or a time such as 30s or 5m; nothing is reloaded",
                Reload.complaint(often).orElseThrow());
        assertEquals(Optional.empty(), Reload.complaint(word -> Optional.empty()));
        assertEquals(Optional.empty(), Reload.complaint(word -> Optional.of("30s")));
    }

    @Test
    void whatIsLeftOutTakesNothingElseAlong() {
        var wanted = of(Map.of("record_padding", "64", "compression", "true", "heartbeat", "9s"));
        var fewer = wanted.without(Feature.COMPRESSION);
        assertEquals(64, fewer.paddingBlock());
        assertEquals(wanted.heartbeatInterval(), fewer.heartbeatInterval());
    }

    @Test
    void whoAsksForCompressionHearsOfCrime() {
        assertTrue(of(Map.of("compression", "true")).warning().orElseThrow().contains("CRIME"));
        assertEquals(
                Optional.empty(),
                of(Map.of("grease", "true", "heartbeat", "30s")).warning());
    }

    /** RFC 6520 §5.2: from a second to many minutes. */
    @Test
    void heartbeatsMayHaveAnInterval() {
        assertEquals(
                Optional.of(Duration.ofSeconds(30)),
                of(Map.of("heartbeat", "30s")).heartbeatInterval());
        assertEquals(
                Optional.of(Duration.ofMinutes(5)),
                of(Map.of("heartbeat", "5m")).heartbeatInterval());
        assertTrue(of(Map.of("heartbeat", "1s")).has(Feature.HEARTBEAT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "30", "30S", "-5s", "1h", "", "TRUE", "100000s"})
    void whatIsNoTimeIsNoWish(String value) {
        assertEquals(OnRequest.NOTHING, of(Map.of("heartbeat", value)));
    }
}
