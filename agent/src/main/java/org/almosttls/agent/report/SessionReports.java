package org.almosttls.agent.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.almosttls.agent.options.AgentOptions;
import org.almosttls.event.TlsEventListener;
import org.almosttls.trace.FanOut;
import org.almosttls.trace.KeyLogListener;
import org.almosttls.trace.SessionLog;

/** Which listeners hear of the sessions, and where they write: what the options ask for. */
public final class SessionReports implements Supplier<TlsEventListener> {

    private final AgentOptions options;
    private final Told told;

    public SessionReports(AgentOptions options, Told told) {
        this.options = options;
        this.told = told;
    }

    /** Opens what is to be written; if that fails, says so, and nothing is heard. */
    @Override
    public TlsEventListener get() {
        try {
            String format = options.format().name().toLowerCase(Locale.ROOT);
            TlsEventListener sessions = SessionLog.open(options.log().name(), Optional.of(format));
            return options.keyLog().isEmpty()
                    ? sessions
                    : FanOut.of(List.of(sessions, keyLog(options.keyLog().get().name())));
        } catch (RuntimeException e) {
            told.failure("cannot tell of sessions", e);
            return TlsEventListener.none();
        }
    }

    private TlsEventListener keyLog(String file) {
        TlsEventListener secrets = KeyLogListener.open(file);
        told.once("THE SECRETS OF ALL SESSIONS ARE WRITTEN TO " + file
                + ": who reads it can read them; not for production (RFC 9850)");
        return secrets;
    }
}
