package org.almosttls.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LineWriterTest {

    private static final long LONG = TimeUnit.SECONDS.toMillis(30);

    private final List<String> written = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final CountDownLatch writing = new CountDownLatch(1);
    private final CountDownLatch mayWrite = new CountDownLatch(1);

    private static LineSink into(List<String> list) {
        return line -> list.add(new String(line, UTF_8));
    }

    /** Like a pipe that nobody reads, until the test does. */
    private LineSink stuck() {
        return line -> {
            writing.countDown();
            awaitUninterrupted(mayWrite);
            written.add(new String(line, UTF_8));
        };
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void linesAreWrittenInOrder() throws InterruptedException {
        var writer = new LineWriter(into(written), into(complaints));
        for (int i = 0; i < 100; i++) {
            var line = (i + "\n").getBytes(UTF_8);
            writer.write(() -> line, 1);
        }
        assertTrue(writer.flush(LONG));
        assertEquals(IntStream.range(0, 100).mapToObj(i -> i + "\n").toList(), written);
        assertEquals(List.of(), complaints);
    }

    @Test
    void nobodyWaitsForAPipeThatIsNotRead() throws InterruptedException {
        var writer = new LineWriter(stuck(), into(complaints));
        writer.write(() -> new byte[0], 1);
        writing.await();
        for (int i = 0; i < 1024 + 7; i++) writer.write(() -> new byte[0], 1);
        assertFalse(writer.flush(1), "still stuck");
        mayWrite.countDown();
        assertTrue(writer.flush(LONG));
        assertEquals(1 + 1024, written.size());
        assertEquals(
                List.of("AlmostTLS: 7 sessions are missing in the session log: it takes lines too slowly\n"),
                complaints);
    }

    /** Peers choose how long what they say is, and it is a line's until that is written. */
    @Test
    void whatWaitsIsBoundedByItsOctetsToo() throws InterruptedException {
        var writer = new LineWriter(stuck(), into(complaints));
        int large = 1 << 20;
        writer.write(() -> new byte[0], large);
        writing.await();
        for (int i = 0; i < 15 + 7; i++) writer.write(() -> new byte[0], large);
        mayWrite.countDown();
        assertTrue(writer.flush(LONG));
        assertEquals(1 + 15, written.size());
        writer.write(() -> new byte[0], large);
        assertTrue(writer.flush(LONG));
        assertEquals(1 + 15 + 1, written.size());
    }

    @Test
    void anErrorIsToldOnce() throws InterruptedException {
        LineSink full = line -> {
            throw new IOException("No space left on device\nforged");
        };
        var writer = new LineWriter(full, into(complaints));
        for (int i = 0; i < 10; i++) writer.write(() -> new byte[0], 1);
        assertTrue(writer.flush(LONG));
        assertEquals(
                List.of("AlmostTLS: the session log cannot be written (java.io.IOException: No space left on"
                        + " device\\u000aforged); this is said once\n"),
                complaints);
    }

    @Test
    void aLineThatCannotBeMadeTakesNoOtherWithIt() throws InterruptedException {
        var writer = new LineWriter(into(written), into(complaints));
        writer.write(
                () -> {
                    throw new IllegalStateException("defect");
                },
                1);
        writer.write(() -> "next\n".getBytes(UTF_8), 1);
        assertTrue(writer.flush(LONG));
        assertEquals(List.of("next\n"), written);
        assertEquals(1, complaints.size());
    }

    @Test
    void anInterruptDoesNotEndTheLog() throws InterruptedException {
        LineSink interrupted = line -> {
            written.add(new String(line, UTF_8));
            Thread.currentThread().interrupt();
        };
        var writer = new LineWriter(interrupted, into(complaints));
        writer.write(() -> "one\n".getBytes(UTF_8), 1);
        assertTrue(writer.flush(LONG));
        writer.write(() -> "two\n".getBytes(UTF_8), 1);
        assertTrue(writer.flush(LONG));
        assertEquals(List.of("one\n", "two\n"), written);
    }

    @Test
    void closingClosesTheSink() throws InterruptedException {
        var closed = new CountDownLatch(1);
        var writer = new LineWriter(
                new LineSink() {
                    @Override
                    public void write(byte[] line) {
                        written.add(new String(line, UTF_8));
                    }

                    @Override
                    public void close() {
                        closed.countDown();
                    }
                },
                into(complaints));
        writer.write(() -> "one\n".getBytes(UTF_8), 1);
        assertTrue(writer.flush(LONG));
        writer.close();
        assertTrue(closed.await(LONG, TimeUnit.MILLISECONDS));
    }
}
