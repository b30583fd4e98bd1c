package org.almosttls.agent.install;

import java.security.Provider;
import java.util.Optional;
import java.util.function.Supplier;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.agent.boot.AgentBridge;
import org.almosttls.agent.options.AgentOptions;
import org.almosttls.agent.options.AgentOptions.Protocol;
import org.almosttls.agent.report.SessionReports;
import org.almosttls.agent.report.Told;
import org.almosttls.config.OnRequest;
import org.almosttls.event.TlsEventListener;
import org.almosttls.jsse.Scope;
import org.almosttls.jsse.TextbookTerms;

/**
 * Makes our provider at the application's first use of TLS, and never earlier. The list of {@code Security} stays as
 * the application and its {@code java.security} have it: the hooks hand our contexts out, so it needs no place there.
 */
final class ProviderInstaller implements Supplier<Provider> {

    private final AgentOptions options;
    private final SessionReports reports;
    private final Told told;
    private Provider provider;

    ProviderInstaller(AgentOptions options, SessionReports reports, Told told) {
        this.options = options;
        this.reports = reports;
        this.told = told;
    }

    @Override
    public synchronized Provider get() {
        if (provider == null) provider = Ours.make(options, reports, told);
        return provider;
    }

    /** A class by itself, so that the JVM loads the provider's when they are needed and not when the agent starts. */
    private static final class Ours {

        private Ours() {}

        static Provider make(AgentOptions options, SessionReports sessions, Told told) {
            FirstUse.prepare();
            Supplier<TlsEventListener> reports = () -> opened(sessions, told);
            var terms = new TextbookTerms(options::textbookRemote, told::once);
            var scope = options.protocol() == Protocol.ALMOST_TLS_V1 ? Scope.TEXTBOOK : Scope.ANY;
            var onRequest =
                    OnRequest.of(word -> Optional.ofNullable(options.onRequest().get(word)));
            onRequest.warning().ifPresent(told::once);
            return new AlmostTlsProvider(reports, terms, scope, () -> onRequest, options::tickets);
        }

        /** The first connection opens them, whatever the application itself may do. */
        private static TlsEventListener opened(SessionReports reports, Told told) {
            try {
                return AgentBridge.trusted(reports::get);
            } catch (Throwable e) {
                AgentBridge.countFailure();
                told.failure("cannot tell of sessions", e);
                return TlsEventListener.none();
            }
        }
    }
}
