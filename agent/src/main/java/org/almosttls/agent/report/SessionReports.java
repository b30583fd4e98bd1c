package org.almosttls.agent.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.almosttls.agent.options.AgentOptions;
import org.almosttls.event.TlsEventListener;
import org.almosttls.trace.Detail;
import org.almosttls.trace.FanOut;
import org.almosttls.trace.KeyLogListener;
import org.almosttls.trace.SessionLog;

/** Which listeners hear of the sessions, and where they write: what the options ask for. */
public final class SessionReports implements Supplier<TlsEventListener> {

    private final Told told;
    private AgentOptions options;
    private Optional<TlsEventListener> heard = Optional.empty();
    private Optional<SessionLog> log = Optional.empty();
    private Optional<KeyLogSwitch> keyLog = Optional.empty();
    private boolean closed;

    public SessionReports(AgentOptions options, Told told) {
        this.options = options;
        this.told = told;
    }

    /** Opens what is to be written, at the first call; if that fails, says so, and nothing is heard. */
    @Override
    public synchronized TlsEventListener get() {
        if (closed) return TlsEventListener.none();
        try {
            if (heard.isEmpty()) heard = Optional.of(open());
            return heard.get();
        } catch (RuntimeException e) {
            told.failure("cannot tell of sessions", e);
            return TlsEventListener.none();
        }
    }

    private TlsEventListener open() {
        SessionLog sessions = SessionLog.open(options.log().name(), format(options), detail(options));
        log = Optional.of(sessions);
        KeyLogSwitch secrets = new KeyLogSwitch();
        keyLog = Optional.of(secrets);
        secrets.to(keyLogOf(options));
        warnOfSecrets(options);
        return FanOut.of(List.of(sessions, secrets));
    }

    private Optional<KeyLogListener> keyLogOf(AgentOptions asked) {
        if (asked.keyLog().isEmpty()) return Optional.empty();
        return Optional.of(KeyLogListener.open(asked.keyLog().get().name()));
    }

    private void warnOfSecrets(AgentOptions asked) {
        if (asked.keyLog().isEmpty()) return;
        told.line("THE SECRETS OF ALL SESSIONS ARE WRITTEN TO "
                + asked.keyLog().get().name() + ": who reads it can read them; not for production (RFC 9850)");
    }

    private static Optional<String> format(AgentOptions options) {
        return Optional.of(options.format().name().toLowerCase(Locale.ROOT));
    }

    private static Detail detail(AgentOptions options) {
        return Detail.of(options.detail().name().toLowerCase(Locale.ROOT));
    }

    /** What holds now. */
    public synchronized AgentOptions options() {
        return options;
    }

    /**
     * Goes on as these options say.
     *
     * @throws IllegalArgumentException if that cannot be written; then all stays as it was
     */
    public synchronized void change(AgentOptions changed) {
        if (log.isPresent()) change(log.get(), changed);
        options = changed;
    }

    private void change(SessionLog sessions, AgentOptions changed) {
        boolean sameKeyLog = changed.keyLog().equals(options.keyLog());
        Optional<KeyLogListener> secrets = sameKeyLog ? Optional.empty() : keyLogOf(changed);
        try {
            sessions.redirect(changed.log().name(), format(changed));
        } catch (IllegalArgumentException unwritable) {
            secrets.ifPresent(KeyLogListener::close);
            throw unwritable;
        }
        sessions.tell(detail(changed));
        if (sameKeyLog || keyLog.isEmpty()) return;
        keyLog.get().to(secrets);
        warnOfSecrets(changed);
    }

    /** What has come of the sessions so far: how many have their line, how many lost it, and how many are open. */
    public synchronized String figures() {
        if (log.isEmpty()) return "0 told, 0 lost, 0 open";
        SessionLog.Figures figures = log.get().figures();
        return figures.told() + " told, " + figures.lost() + " lost, " + figures.open() + " open";
    }

    /** Sessions that are open are told as such, and nothing is heard any more. */
    public synchronized void close() {
        closed = true;
        log.ifPresent(SessionLog::close);
        if (keyLog.isPresent()) keyLog.get().to(Optional.empty());
    }
}
