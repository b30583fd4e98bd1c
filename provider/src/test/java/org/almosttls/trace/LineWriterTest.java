package org.almosttls.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LineWriterTest {

    private static final long LONG = TimeUnit.SECONDS.toMillis(30);

    private final List<String> written = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final Tally tally = new Tally();
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
        var writer = new LineWriter(into(written), into(complaints), tally);
        for (int i = 0; i < 100; i++) {
            var line = (i + "\n").getBytes(UTF_8);
            writer.write(missing -> line, 1);
        }
        assertTrue(writer.flush(LONG));
        assertEquals(IntStream.range(0, 100).mapToObj(i -> i + "\n").toList(), written);
        assertEquals(List.of(), complaints);
    }

    @Test
    void nobodyWaitsForAPipeThatIsNotRead() throws InterruptedException {
        var writer = new LineWriter(stuck(), into(complaints), tally);
        writer.write(missing -> new byte[0], 1);
        writing.await();
        for (int i = 0; i < 1024 + 7; i++) writer.write(missing -> new byte[0], 1);
        assertFalse(writer.flush(1), "still stuck");
        mayWrite.countDown();
        assertTrue(writer.flush(LONG));
        assertEquals(1 + 1024, written.size());
        assertEquals(1 + 1024, tally.told());
        assertEquals(7, tally.lost());
        assertEquals(
                List.of("AlmostTLS: the session log takes lines too slowly, so that sessions are missing in it; this is"
                        + " said once\n"),
                complaints);
    }

    @Test
    void theNextLineKnowsHowManyAreMissingBeforeIt() throws InterruptedException {
        var fails = new AtomicInteger(3);
        var writer = new LineWriter(
                line -> {
                    if (fails.getAndDecrement() > 0) throw new IOException("No space left on device");
                    written.add(new String(line, UTF_8));
                },
                into(complaints),
                tally);
        for (int i = 0; i < 5; i++) writer.write(missing -> (missing + " missing\n").getBytes(UTF_8), 1);
        assertTrue(writer.flush(LONG));
        assertEquals(List.of("3 missing\n", "0 missing\n"), written);
        assertEquals(3, tally.lost());
        assertEquals(2, tally.told());
    }

    /** Whoever reads neither the log nor stderr keeps nobody waiting, and the log least of all. */
    @Test
    void aComplaintThatNobodyHearsDoesNotHoldTheLogUp() throws InterruptedException {
        var fails = new AtomicInteger(1);
        var writer = new LineWriter(
                line -> {
                    if (fails.getAndDecrement() > 0) throw new IOException("No space left on device");
                    written.add(new String(line, UTF_8));
                },
                stuck(),
                tally);
        for (int i = 0; i < 2; i++) writer.write(missing -> "line\n".getBytes(UTF_8), 1);
        assertTrue(writer.flush(LONG));
        assertEquals(List.of("line\n"), written);
        mayWrite.countDown();
    }

    @Test
    void aClosedOneSaysThatItWritesNothing() {
        var writer = new LineWriter(into(written), into(complaints), tally);
        writer.close();
        assertFalse(writer.write(missing -> new byte[0], 1));
    }

    /** Peers choose how long what they say is, and it is a line's until that is written. */
    @Test
    void whatWaitsIsBoundedByItsOctetsToo() throws InterruptedException {
        var writer = new LineWriter(stuck(), into(complaints), tally);
        int large = 1 << 20;
        writer.write(missing -> new byte[0], large);
        writing.await();
        for (int i = 0; i < 15 + 7; i++) writer.write(missing -> new byte[0], large);
        mayWrite.countDown();
        assertTrue(writer.flush(LONG));
        assertEquals(1 + 15, written.size());
        writer.write(missing -> new byte[0], large);
        assertTrue(writer.flush(LONG));
        assertEquals(1 + 15 + 1, written.size());
    }

    @Test
    void anErrorIsToldOnce() throws InterruptedException {
        LineSink full = line -> {
            throw new IOException("No space left on device\nforged");
        };
        var writer = new LineWriter(full, into(complaints), tally);
        for (int i = 0; i < 10; i++) writer.write(missing -> new byte[0], 1);
        assertTrue(writer.flush(LONG));
        assertEquals(
                List.of("AlmostTLS: the session log cannot be written (java.io.IOException: No space left on"
                        + " device\\u000aforged); this is said once\n"),
                complaints);
    }

    @Test
    void aLineThatCannotBeMadeTakesNoOtherWithIt() throws InterruptedException {
        var writer = new LineWriter(into(written), into(complaints), tally);
        writer.write(
                missing -> {
                    throw new IllegalStateException("defect");
                },
                1);
        writer.write(missing -> "next\n".getBytes(UTF_8), 1);
        assertTrue(writer.flush(LONG));
        assertEquals(List.of("next\n"), written);
        assertEquals(1, complaints.size());
    }

    /** As when there is too little memory for a moment, for the line and for what is said of it. */
    @Test
    void anErrorDoesNotEndTheLog() throws InterruptedException {
        LineSink speechless = line -> {
            throw new IOException("nobody hears");
        };
        var writer = new LineWriter(into(written), speechless, tally);
        writer.write(
                missing -> {
                    throw new Speechless();
                },
                1);
        assertTrue(writer.flush(LONG));
        writer.write(missing -> (missing + " missing\n").getBytes(UTF_8), 1);
        assertTrue(writer.flush(LONG));
        assertEquals(List.of("1 missing\n"), written);
        assertEquals(1, tally.lost());
    }

    /** Cannot even be told of. */
    private static final class Speechless extends Error {

        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            throw this;
        }
    }

    @Test
    void anInterruptDoesNotEndTheLog() throws InterruptedException {
        LineSink interrupted = line -> {
            written.add(new String(line, UTF_8));
            Thread.currentThread().interrupt();
        };
        var writer = new LineWriter(interrupted, into(complaints), tally);
        writer.write(missing -> "one\n".getBytes(UTF_8), 1);
        assertTrue(writer.flush(LONG));
        writer.write(missing -> "two\n".getBytes(UTF_8), 1);
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
                into(complaints),
                tally);
        writer.write(missing -> "one\n".getBytes(UTF_8), 1);
        assertTrue(writer.flush(LONG));
        writer.close();
        assertTrue(closed.await(LONG, TimeUnit.MILLISECONDS));
    }

    /** Takes four at once, and holds up the first until the test lets it go; what cannot be written fails. */
    private final class Fours implements LineSink {

        private final List<List<String>> bundles = new CopyOnWriteArrayList<>();
        private final Set<String> refused;

        Fours(String... refused) {
            this.refused = Set.of(refused);
        }

        @Override
        public int most() {
            return 4;
        }

        @Override
        public void write(byte[] line) throws IOException {
            write(List.of(line));
        }

        @Override
        public int write(List<byte[]> lines) throws IOException {
            writing.countDown();
            awaitUninterrupted(mayWrite);
            var words = lines.stream().map(line -> new String(line, UTF_8)).toList();
            var taken = words.stream()
                    .takeWhile(word -> !refused.contains(word.substring(0, 1)))
                    .toList();
            if (taken.isEmpty()) throw new IOException("refused");
            bundles.add(taken);
            return taken.size();
        }
    }

    /** One line, and behind it those of these letters, each with what it says is missing; a blank cannot be made. */
    private List<List<String>> bundles(Fours sink, String letters) throws InterruptedException {
        var writer = new LineWriter(sink, into(complaints), tally);
        writer.write(missing -> "-".getBytes(UTF_8), 1);
        writing.await();
        for (String letter : letters.split("")) {
            writer.write(
                    missing -> {
                        if (letter.isBlank()) throw new IllegalStateException("defect");
                        return (letter + missing).getBytes(UTF_8);
                    },
                    1);
        }
        mayWrite.countDown();
        assertTrue(writer.flush(LONG));
        assertEquals(List.of("-"), sink.bundles.get(0));
        assertEquals(1 + letters.length(), tally.told() + tally.lost());
        return sink.bundles.subList(1, sink.bundles.size());
    }

    @Test
    void whatWaitsIsWrittenTogether() throws InterruptedException {
        var bundles = bundles(new Fours(), "abcdefghij");
        assertEquals(
                List.of(List.of("a0", "b0", "c0", "d0"), List.of("e0", "f0", "g0", "h0"), List.of("i0", "j0")),
                bundles);
        assertEquals(0, tally.lost());
    }

    @Test
    void ofThoseTogetherOnlyWhatCannotBeWrittenIsLost() throws InterruptedException {
        var bundles = bundles(new Fours("a", "g"), "abcdefghij");
        assertEquals(
                List.of(
                        List.of("b1"),
                        List.of("c0"),
                        List.of("d0"),
                        List.of("e0", "f0"),
                        List.of("h1"),
                        List.of("i0", "j0")),
                bundles);
        assertEquals(2, tally.lost());
        assertEquals(1, complaints.size());
    }

    @Test
    void ofThoseTogetherOnlyWhatCannotBeMadeIsLost() throws InterruptedException {
        var bundles = bundles(new Fours(), "abc efghij");
        assertEquals(
                List.of(
                        List.of("a0"),
                        List.of("b0"),
                        List.of("c0"),
                        List.of("e1"),
                        List.of("f0"),
                        List.of("g0"),
                        List.of("h0"),
                        List.of("i0", "j0")),
                bundles);
        assertEquals(1, tally.lost());
    }
}
