package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
                    var next = backlog.take();
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
        for (int i = 0; i < 64; i++) offer(i);
        assertEquals(0, written.get());
    }

    @Test
    void muchIsWrittenAtOnce() throws Exception {
        write();
        offer(1 << 22);
        assertEquals(1 << 22, written.get());
    }
}
