package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.almosttls.event.TlsEvent.Ending;
import org.almosttls.event.TlsEventListener;
import org.almosttls.registry.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SessionLogTest {

    private final Lines lines = Lines.text();
    private final SessionLog log = lines.log();

    @Test
    void theLineComesWithTheEndAndNotBefore() {
        var session = InventedSession.client(log).established();
        assertEquals(List.of(), lines.all());
        session.closes(Ending.CLOSE_NOTIFY);
        assertEquals(1, lines.all().size());
    }

    @Test
    void whatComesAfterTheEndIsNotHeard() {
        InventedSession.client(log).closes(Ending.TRUNCATED).closes(Ending.CLOSE_NOTIFY);
        assertTrue(lines.only().endsWith("ended without close_notify\n"));
    }

    @Test
    void whatHasNoBeginningIsNotHeard() {
        var deaf = Lines.text();
        var session = InventedSession.client(deaf.log());
        session.closes(Ending.CLOSE_NOTIFY);
        assertEquals(List.of(), lines.all());
    }

    @Test
    void openSessionsAreToldAtTheEndOnce() {
        var session = InventedSession.client(log).established();
        log.tellOpen(HowEnded.OPEN_AT_EXIT);
        session.closes(Ending.CLOSE_NOTIFY);
        log.tellOpen(HowEnded.OPEN_AT_EXIT);
        assertTrue(lines.only().endsWith("open at exit\n"));
    }

    @Test
    void sessionsThatBeginWhileTheJvmEndsAreToldAsWell() {
        log.tellOpen(HowEnded.OPEN_AT_EXIT);
        InventedSession.client(log).established().closes(Ending.CLOSE_NOTIFY);
        assertTrue(lines.only().endsWith("closed\n"));
    }

    @Test
    void aClosedLogHearsNothing() {
        log.close();
        assertFalse(log.wants(TlsEventListener.Kind.HANDSHAKE));
        InventedSession.client(log).closes(Ending.CLOSE_NOTIFY);
        assertEquals(List.of(), lines.all());
    }

    /** Two threads end each session, while a third is the end of the JVM. */
    @Test
    void racingEndsMakeOneLinePerSession() throws Exception {
        int count = 200;
        var sessions = IntStream.range(0, count)
                .mapToObj(i -> InventedSession.begin(log, Role.SERVER, i + 1L))
                .toList();
        var start = new CyclicBarrier(3);
        var threads = Executors.newFixedThreadPool(3);
        try {
            var ends = List.<Future<?>>of(
                    threads.submit(() -> {
                        start.await();
                        sessions.forEach(session -> session.closes(Ending.CLOSE_NOTIFY));
                        return true;
                    }),
                    threads.submit(() -> {
                        start.await();
                        sessions.forEach(session -> session.closes(Ending.TRUNCATED));
                        return true;
                    }),
                    threads.submit(() -> {
                        start.await();
                        log.tellOpen(HowEnded.OPEN_AT_EXIT);
                        return true;
                    }));
            for (Future<?> end : ends) end.get();
        } finally {
            threads.shutdownNow();
        }
        assertEquals(count, lines.all().size());
    }

    @Test
    void aForgottenConnectionIsToldAsAbandoned() {
        beginAndForget();
        int number = 100;
        while (lines.all().isEmpty()) {
            System.gc();
            InventedSession.begin(log, Role.CLIENT, number++).hellos();
        }
        assertTrue(
                lines.all().get(0).endsWith("closed without close_notify\n"),
                lines.all().get(0));
    }

    private void beginAndForget() {
        InventedSession.client(log).established();
    }

    @Test
    void aSessionThatIsOpenWhenTheLogGoesElsewhereIsToldThere() {
        var elsewhere = Lines.text();
        var session = InventedSession.client(log).established();
        log.redirect(elsewhere.output());
        session.closes(Ending.CLOSE_NOTIFY);
        assertEquals(List.of(), lines.all());
        assertTrue(elsewhere.only().endsWith("closed\n"));
    }

    @Test
    void whatIsOpenWhenTheAgentLeavesIsToldSo() {
        InventedSession.client(log).established();
        log.close();
        assertTrue(lines.only().endsWith("open when the agent left\n"));
    }

    @Test
    void theFiguresAreKept() {
        InventedSession.begin(log, Role.CLIENT, 1).established().closes(Ending.CLOSE_NOTIFY);
        InventedSession.begin(log, Role.CLIENT, 2).established();
        assertEquals(1, lines.all().size());
        assertEquals(new SessionLog.Figures(1, 0, 1), log.figures());
    }

    @Test
    void aLineSaysHowManyAreMissingBeforeIt() {
        lines.fail(2);
        for (int i = 1; i <= 4; i++) InventedSession.begin(log, Role.CLIENT, i).closes(Ending.CLOSE_NOTIFY);
        var written = lines.all();
        assertEquals(2, written.size(), written::toString);
        assertTrue(
                written.get(0).startsWith("AlmostTLS: lost 2 lines of sessions that ended before the next\n"),
                written::toString);
        assertEquals(1, written.get(1).lines().count(), written::toString);
    }
}
