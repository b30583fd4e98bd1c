package org.almosttls.agent.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToldTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Told told = new Told(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void theSameIsSaidOnce() {
        told.once("the cat sat");
        told.once("the cat sat");
        assertEquals(List.of("AlmostTLS: the cat sat"), lines());
    }

    @Test
    void aFailureIsSaidOnceWhateverItsReason() {
        told.failure("cannot sit", new IllegalStateException("no mat"));
        told.failure("cannot sit", new IllegalStateException("no chair"));
        assertEquals(List.of("AlmostTLS: cannot sit (java.lang.IllegalStateException: no mat)"), lines());
    }

    @Test
    void itIsOneLineWhateverTheReasonSays() {
        told.failure("cannot sit", new IllegalStateException("no\r\nmat\nat all"));
        assertEquals(List.of("AlmostTLS: cannot sit (java.lang.IllegalStateException: no mat at all)"), lines());
    }

    @Test
    void thereIsAnEndToIt() {
        for (int i = 0; i < 1000; i++) told.once("line " + i);
        assertEquals(32, lines().size());
    }
}
