package org.almosttls.agent.install;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.almosttls.agent.boot.AgentBridge;
import org.almosttls.agent.report.Told;

/**
 * Answers {@code SSLContext.getInstance}: ours for what the application would have had from the platform, nothing for a
 * provider that it named itself.
 */
final class SslContexts implements Function<Object[], Object> {

    /** Software in the field asks for the platform's TLS by this name, and means "whatever there is". */
    private static final String PLATFORM = "SunJSSE";

    private final Supplier<Provider> ours;
    private final Told told;
    private final ThreadLocal<Boolean> busy = new ThreadLocal<>();

    /** @param ours asked at the application's first use of TLS, not before */
    SslContexts(Supplier<Provider> ours, Told told) {
        this.ours = ours;
        this.told = told;
    }

    /** @return an {@code SSLContext} of ours, or null to let the platform's code run */
    @Override
    public Object apply(Object[] arguments) {
        // Making a context of ours asks SSLContext.getInstance again.
        if (busy.get() != null || !isOurs(arguments)) return null;
        busy.set(Boolean.TRUE);
        try {
            return context((String) arguments[0]);
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

    private Object context(String protocol) throws GeneralSecurityException {
        Provider provider = ours.get();
        if (provider.getService("SSLContext", protocol) != null) return SSLContext.getInstance(protocol, provider);
        told.once("SSLContext \"" + protocol + "\" is not one of AlmostTLS; the application keeps its own");
        return null;
    }
}
