package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.almosttls.trace.Backlog.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lines may wait for others for so long that no test would see it. */
@Timeout(60)
class BacklogTest {

    private static final long PATIENCE_MILLIS = 50_000;

    private final Backlog backlog = new Backlog(TimeUnit.DAYS.toNanos(1));
    private final CompletableFuture<Integer> written = new CompletableFuture<>();

    private void offer(int octets) {
        assertTrue(backlog.offer(new Waiting(missing -> new byte[0], octets, new Tally(), false)));
    }

    /** Who writes all that comes, and says the length of the first. */
    private void write() {
        var thread = new Thread(() -> {
            try {
                while (true) {
                    var next = backlog.take(1).get(0);
                    written.complete(next.octets());
                    backlog.done(next);
                }
            } catch (InterruptedException done) {
                written.cancel(false);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Test
    void whoIsInAHurryHasThemWrittenAtOnce() throws Exception {
        write();
        offer(7);
        assertTrue(backlog.awaitNone(PATIENCE_MILLIS));
        assertEquals(7, written.get());
    }

    @Test
    void aHurryBeforeTheWriterHasBegunCountsToo() throws Exception {
        offer(7);
        var hurried = CompletableFuture.supplyAsync(() -> {
            try {
                return backlog.awaitNone(PATIENCE_MILLIS);
            } catch (InterruptedException never) {
                throw new IllegalStateException(never);
            }
        });
        write();
        assertTrue(hurried.get());
    }

    @Test
    void manyAreWrittenAtOnce() throws Exception {
        write();
        for (int i = 0; i < 384; i++) offer(i);
        assertEquals(0, written.get());
    }

    @Test
    void muchIsWrittenAtOnce() throws Exception {
        write();
        offer(1 << 22);
        assertEquals(1 << 22, written.get());
    }

    private List<Integer> take(int most) throws InterruptedException {
        return backlog.take(most).stream().map(Waiting::octets).toList();
    }

    @Test
    void noMoreAreTakenThanAreAskedFor() throws Exception {
        for (int i = 0; i < 200; i++) offer(i);
        assertEquals(List.of(0, 1, 2), take(3));
        assertEquals(List.of(3), take(1));
        assertEquals(IntStream.range(4, 200).boxed().toList(), take(1024));
    }

    @Test
    void whatIsTakenAtOnceIsBoundedByItsOctetsToo() throws Exception {
        for (int i = 0; i < 3; i++) offer(1 << 15);
        offer(1 << 22);
        offer(1);
        assertEquals(List.of(1 << 15, 1 << 15), take(32));
        assertEquals(List.of(1 << 15, 1 << 22), take(32), "the one that is too much is the last");
        assertEquals(List.of(1), take(32));
    }
}
