package org.almosttls.agent.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

    @Test
    @Timeout(60)
    void onceTheApplicationRunsNobodyWaitsForWhoReads() throws InterruptedException {
        CountDownLatch read = new CountDownLatch(1);
        OutputStream unread = new OutputStream() {
            @Override
            public void write(int octet) {
                awaitUninterrupted(read);
                bytes.write(octet);
            }
        };
        Told waiting = new Told(new PrintStream(unread, true, StandardCharsets.UTF_8));
        waiting.goApart();
        waiting.line("one");
        waiting.line("two");
        assertEquals(List.of(), lines());
        read.countDown();
        while (lines().size() < 2) waiting.close();
        assertEquals(List.of("AlmostTLS: one", "AlmostTLS: two"), lines());
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
