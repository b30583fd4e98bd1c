package org.almosttls.agent.report;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.almosttls.agent.options.AgentOptions;
import org.almosttls.event.TlsEventListener;
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
            return SessionLog.open(options.log().name(), Optional.of(format));
        } catch (RuntimeException e) {
            told.failure("cannot tell of sessions", e);
            return TlsEventListener.none();
        }
    }
}
