package org.almosttls.trace;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.almosttls.event.Account;
import org.almosttls.event.ConnectionId;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.Closed;
import org.almosttls.event.TlsEvent.Opened;
import org.almosttls.event.TlsEvent.RecordTransferred;
import org.almosttls.event.TlsEvent.Watched;
import org.almosttls.event.TlsEventListener;
import org.almosttls.trace.SessionLine.Close;
import org.almosttls.trace.SessionLine.Opening;

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

    /** When a session has ended, and how its report is told so. */
    private record End(long nanoTime, Consumer<SessionReport> to) {}

    /** A session that runs; its connection holds the id for as long as it lives itself. */
    private static final class Open extends WeakReference<ConnectionId> {

        private final Opening opening;
        private final Account account;
        private SessionReport report;
        private Details details;

        private Open(
                ConnectionId connection, Opening opening, Account account, ReferenceQueue<ConnectionId> forgotten) {
            super(connection, forgotten);
            this.opening = opening;
            this.account = account;
        }

        /** There is none before there is something to note, which may be at its end. */
        private synchronized SessionReport report() {
            if (report == null) report = new SessionReport(opening);
            return report;
        }

        private synchronized Details details() {
            if (details == null) details = new Details(opening);
            return details;
        }

        /** What its line may be about, more or less. */
        private synchronized int octets() {
            return account.octets() + (report == null ? 0 : report.octets());
        }

        /** Of what was kept back there is no line of its own: it happened when nobody asked for those. */
        private void catchUp() {
            account.tell((moment, event) -> {
                report().take(moment, event);
                details().follow(event);
            });
        }

        /** What is made later is of then. */
        private SessionLine line(End end) {
            var noted = report();
            account.tell((moment, event) -> {
                if (moment.nanoTime() - end.nanoTime <= 0) noted.take(moment, event);
            });
            end.to.accept(noted);
            return noted.line();
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
    public boolean wantsAtOnce() {
        return details.wantsMessages();
    }

    @Override
    public void on(Moment moment, TlsEvent event) {
        if (closed) return;
        if (event instanceof Opened opened) open(moment.connection(), Opening.of(moment, opened), Account.NONE);
        else if (event instanceof Watched watched)
            open(moment.connection(), Opening.of(moment, watched), watched.account());
        else goesOn(moment, event);
    }

    private void open(ConnectionId connection, Opening opening, Account account) {
        tellForgotten();
        open.put(connection.number(), new Open(connection, opening, account, forgotten));
    }

    private void goesOn(Moment moment, TlsEvent event) {
        var running = open.get(moment.connection().number());
        if (running == null) return;
        if (event instanceof Closed) {
            tell(running, new End(moment.nanoTime(), report -> report.take(moment, event)));
            return;
        }
        running.catchUp();
        if (!(event instanceof RecordTransferred)) running.report().take(moment, event);
        details.take(running.details(), moment, event, () -> output);
    }

    private void tellForgotten() {
        for (Reference<?> next = forgotten.poll(); next != null; next = forgotten.poll()) {
            tell((Open) next, HowEnded.ABANDONED);
        }
    }

    private void tell(Open session, HowEnded how) {
        var end = Close.now(how, session.opening.clock());
        tell(session, new End(end.nanoTime(), report -> report.end(end)));
    }

    /** Whoever comes first writes its line; whoever comes later, as the end of the JVM may, goes on when that is done. */
    private void tell(Open session, End end) {
        open.computeIfPresent(session.opening.connection(), (number, running) -> {
            Output to = output;
            while (!write(running, end, to) && to != output) to = output;
            return null;
        });
    }

    private static boolean write(Open session, End end, Output to) {
        return to.writer.write(missing -> to.format.render(session.line(end), missing), session.octets());
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
