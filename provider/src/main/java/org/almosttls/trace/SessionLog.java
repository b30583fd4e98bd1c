package org.almosttls.trace;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.almosttls.event.ConnectionId;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.Closed;
import org.almosttls.event.TlsEvent.Opened;
import org.almosttls.event.TlsEvent.RecordTransferred;
import org.almosttls.event.TlsEvent.Watched;
import org.almosttls.event.TlsEventListener;

/**
 * The session log: exactly one line per session, when it ends, fails, is forgotten, or is open when the JVM ends; and
 * before it, if that is asked for, one for each of its messages and records.
 * Listening takes notes only; lines are made and written by a thread of its own.
 */
public final class SessionLog implements TlsEventListener, AutoCloseable {

    private static final long PATIENCE_AT_EXIT_MILLIS = 2000;
    private static final int AT_ONCE = 512;

    private final Tally tally;
    private final DetailLog details = new DetailLog(Detail.SESSION);
    private final Map<Long, Open> open = new ConcurrentHashMap<>();
    private final ReferenceQueue<ConnectionId> forgotten = new ReferenceQueue<>();
    private final Thread atExit =
            LineWriter.thread(() -> tellOpen(HowEnded.OPEN_AT_EXIT), "AlmostTLS session log at exit");
    private volatile Output output;
    private volatile boolean closed;

    /** How lines look, and who writes them. */
    record Output(LineFormat format, LineWriter writer) {}

    /**
     * What has come of the sessions so far.
     *
     * @param told have their line
     * @param lost have none, since the log could not be written or not fast enough
     * @param open have none yet
     */
    public record Figures(long told, long lost, long open) {}

    /** A session that runs; its connection holds the id for as long as it lives itself. */
    private static final class Open extends WeakReference<ConnectionId> {

        private final long number;
        private final SessionReport report;
        private final Details details;

        private Open(ConnectionId connection, SessionReport report, ReferenceQueue<ConnectionId> forgotten) {
            super(connection, forgotten);
            this.number = connection.number();
            this.report = report;
            this.details = new Details(report.opening());
        }
    }

    /** @param tally of those that write to {@code output} */
    SessionLog(Output output, Tally tally) {
        this.output = output;
        this.tally = tally;
    }

    /**
     * Opens a session log, which also tells the sessions that are open when the JVM ends.
     *
     * @param log {@code stderr}, {@code stdout} or a file, in whose name {@code %p} stands for the process's id and
     *     {@code %t} for the time as yyyyMMdd-HHmmss
     * @param format {@code text} or {@code json}; JSON Lines in a file, and text elsewhere, if not given
     * @throws IllegalArgumentException naming word and value if one is not known or the file cannot be written
     */
    public static SessionLog open(String log, Optional<String> format) {
        return open(log, format, Detail.SESSION);
    }

    /**
     * The same with more than sessions.
     *
     * @throws IllegalArgumentException as there
     */
    public static SessionLog open(String log, Optional<String> format, Detail detail) {
        var tally = new Tally();
        var opened = new SessionLog(LogWords.open(log, format, tally), tally);
        opened.tell(detail);
        try {
            Runtime.getRuntime().addShutdownHook(opened.atExit);
        } catch (IllegalStateException exiting) {
            // What ends from now on is still told; what does not, cannot be.
            return opened;
        }
        return opened;
    }

    /**
     * Writes elsewhere, or otherwise, from now on; also of the sessions that are open. The words are those of
     * {@link #open}.
     *
     * @throws IllegalArgumentException as there; then nothing has changed
     */
    public void redirect(String log, Optional<String> format) {
        redirect(LogWords.open(log, format, tally));
    }

    /** How much is told from now on; the records of those connections that begin from now on. */
    public void tell(Detail detail) {
        details.change(detail);
    }

    void redirect(Output fresh) {
        var former = output;
        output = fresh;
        written(former);
        former.writer.close();
    }

    public Figures figures() {
        return new Figures(tally.told(), tally.lost(), open.size());
    }

    /**
     * The session log that {@code -Dalmosttls.log}, {@code -Dalmosttls.format} and {@code -Dalmosttls.detail} ask for, or
     * else the environment's {@code ALMOSTTLS_LOG}, {@code ALMOSTTLS_FORMAT} and {@code ALMOSTTLS_DETAIL}; hears nothing if they do not. What is wrong with them is one
     * line on stderr, and then nothing is logged. Opened at the first call; the same at each.
     */
    public static TlsEventListener fromSystem() {
        return OfTheSystem.LOG;
    }

    private static final class OfTheSystem {
        private static final TlsEventListener LOG = LogWords.fromSystem();
    }

    @Override
    public boolean wants(Kind kind) {
        return !closed && (kind == Kind.HANDSHAKE || details.wants(kind));
    }

    @Override
    public void on(Moment moment, TlsEvent event) {
        if (closed) return;
        if (event instanceof Opened opened) {
            open(moment.connection(), new SessionReport(moment, opened));
            return;
        }
        if (event instanceof Watched watched) {
            open(moment.connection(), new SessionReport(moment, watched));
            return;
        }
        var running = open.get(moment.connection().number());
        if (running == null) return;
        if (!(event instanceof RecordTransferred)) running.report.take(moment, event);
        details.take(running.details, moment, event, () -> output);
        if (event instanceof Closed) tell(running, HowEnded.ABANDONED);
    }

    private void open(ConnectionId connection, SessionReport report) {
        tellForgotten();
        open.put(connection.number(), new Open(connection, report, forgotten));
    }

    private void tellForgotten() {
        for (Reference<?> next = forgotten.poll(); next != null; next = forgotten.poll()) {
            tell((Open) next, HowEnded.ABANDONED);
        }
    }

    /** Whoever comes first writes its line; whoever comes later, as the end of the JVM may, goes on when that is done. */
    private void tell(Open session, HowEnded unlessTold) {
        open.computeIfPresent(session.number, (number, running) -> {
            running.report.end(unlessTold);
            Output to = output;
            while (!write(running.report, to) && to != output) to = output;
            return null;
        });
    }

    private static boolean write(SessionReport report, Output to) {
        return to.writer.write(missing -> to.format.render(report.line(), missing), report.octets());
    }

    /**
     * Tells all sessions that are still open when an agent leaves, waits a moment for the lines to be written, and hears
     * nothing more.
     */
    @Override
    public void close() {
        tellOpen(HowEnded.OPEN_AT_DETACH);
        closed = true;
        output.writer.close();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException exiting) {
            // Then the hook finds nothing left to tell.
            return;
        }
    }

    /** Also while the JVM ends: sessions that end later still, in hooks of the application, are told as they do. */
    void tellOpen(HowEnded how) {
        tellForgotten();
        int told = 0;
        boolean patient = true;
        for (Open running : open.values()) {
            tell(running, how);
            if (++told % AT_ONCE == 0) patient = patient && written();
        }
        if (patient) written();
    }

    /** Waits a moment for what has ended to be written; whether it is. */
    boolean written() {
        return written(output);
    }

    private static boolean written(Output output) {
        try {
            return output.writer.flush(PATIENCE_AT_EXIT_MILLIS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
