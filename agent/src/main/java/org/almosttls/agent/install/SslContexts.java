package org.almosttls.agent.install;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.almosttls.agent.boot.AgentBridge;
import org.almosttls.agent.choice.Choice;
import org.almosttls.agent.choice.DividedTls;
import org.almosttls.agent.options.InstallRules;
import org.almosttls.agent.report.Told;

/**
 * Answers {@code SSLContext.getInstance}: ours for what the application would have had from the platform, unless rules
 * say otherwise, and nothing for a provider that it named itself or put before the platform's.
 */
final class SslContexts implements Function<Object[], Object> {

    /** Software in the field asks for the platform's TLS by this name, and means "whatever there is". */
    private static final String PLATFORM = "SunJSSE";

    /** Where an application has brought us by itself. */
    private static final String OURS = "AlmostTLS";

    private static final String SERVICE = "SSLContext";
    private static final String DEFAULT = "Default";

    private final Supplier<Provider> ours;
    private final InstallRules rules;
    private final SeenProviders seen;
    private final Told told;
    private final ThreadLocal<Boolean> busy = new ThreadLocal<>();

    /** @param ours asked at the application's first use of TLS, not before */
    SslContexts(Supplier<Provider> ours, InstallRules rules, SeenProviders seen, Told told) {
        this.ours = ours;
        this.rules = rules;
        this.seen = seen;
        this.told = told;
    }

    /** @return an {@code SSLContext} of ours, or null to let the platform's code run */
    @Override
    public Object apply(Object[] arguments) {
        // Making a context of ours asks SSLContext.getInstance again.
        if (busy.get() != null || !isOurs(arguments)) return null;
        busy.set(Boolean.TRUE);
        try {
            return isLeftToAnother(arguments) ? null : context(arguments);
        } catch (Throwable e) {
            AgentBridge.countFailure();
            told.failure("cannot give the application a TLS context, it keeps its own", e);
            return null;
        } finally {
            busy.remove();
        }
    }

    static boolean isOurs(Object[] arguments) {
        if (!(arguments[0] instanceof String)) return false;
        if (arguments.length == 1) return true;
        return arguments[1] instanceof Provider provider
                ? provider.getName().equals(PLATFORM)
                : PLATFORM.equals(arguments[1]);
    }

    /** Whom the application has put before the platform's provider, or its {@code java.security} has. */
    private boolean isLeftToAnother(Object[] arguments) {
        if (arguments.length > 1) return false;
        String protocol = (String) arguments[0];
        Provider[] all = Security.getProviders();
        seen.asked(all);
        for (Provider each : all) {
            if (each.getService(SERVICE, protocol) == null) continue;
            if (each.getName().equals(PLATFORM) || each.getName().equals(OURS)) return false;
            told.once("SSLContext \"" + protocol + "\" is left to the provider " + each.getName()
                    + ", which comes before the platform's");
            return true;
        }
        return false;
    }

    private Object context(Object[] arguments) throws GeneralSecurityException {
        String protocol = (String) arguments[0];
        Optional<Boolean> forAll = areForAll(protocol);
        if (forAll.isPresent() && !forAll.get()) return null;
        Provider provider = ours.get();
        if (provider.getService(SERVICE, protocol) == null) {
            told.once("SSLContext \"" + protocol + "\" is not one of AlmostTLS; the application keeps its own");
            return null;
        }
        SSLContext context = SSLContext.getInstance(protocol, provider);
        // Not in one expression: to verify that, the JVM would load SSLContext when the agent starts.
        if (forAll.isPresent()) return context;
        return new DividedTls(context, platforms(arguments), choice(protocol));
    }

    /** The default context is everybody's: for whom a connection of it is made is looked at when it is made. */
    private Optional<Boolean> areForAll(String protocol) {
        return protocol.equals(DEFAULT) && rules.nameClasses() ? Optional.empty() : rules.areForAll(callers());
    }

    private Choice choice(String protocol) {
        if (protocol.equals(DEFAULT)) return ends -> rules.areFor(callers(), ends);
        Collection<String> callers = callers();
        return ends -> rules.areFor(callers, ends);
    }

    /** The classes of all who are waiting for an answer in this thread. */
    private Collection<String> callers() {
        if (!rules.nameClasses()) return List.of();
        return StackWalker.getInstance()
                .walk(frames -> frames.map(StackWalker.StackFrame::getClassName).toList());
    }

    private static SSLContext platforms(Object[] arguments) throws GeneralSecurityException {
        String protocol = (String) arguments[0];
        if (arguments.length == 1) return SSLContext.getInstance(protocol);
        return arguments[1] instanceof Provider provider
                ? SSLContext.getInstance(protocol, provider)
                : SSLContext.getInstance(protocol, (String) arguments[1]);
    }
}
