package org.almosttls.agent.install;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.almosttls.agent.boot.AgentBridge;
import org.almosttls.agent.report.Told;

/**
 * Answers {@code getInstance} of a factory for key or trust managers where stores are to be read again: the provider's
 * is the platform's own, but for the stores whose files are named.
 */
final class Factories implements Function<Object[], Object> {

    private final String kind;
    private final Supplier<Provider> ours;
    private final Told told;

    /**
     * @param kind {@code KeyManagerFactory} or {@code TrustManagerFactory}
     * @param ours asked at the application's first use of TLS, not before
     */
    Factories(String kind, Supplier<Provider> ours, Told told) {
        this.kind = kind;
        this.ours = ours;
        this.told = told;
    }

    /** @return a factory of ours, or null to let the platform's code run */
    @Override
    public Object apply(Object[] arguments) {
        if (!SslContexts.isOurs(arguments)) return null;
        try {
            return factory((String) arguments[0]);
        } catch (Throwable e) {
            AgentBridge.countFailure();
            told.failure("cannot watch the application's stores", e);
            return null;
        }
    }

    private Object factory(String algorithm) throws GeneralSecurityException {
        Provider provider = ours.get();
        if (provider.getService(kind, algorithm) == null) return null;
        return kind.equals("KeyManagerFactory")
                ? KeyManagerFactory.getInstance(algorithm, provider)
                : TrustManagerFactory.getInstance(algorithm, provider);
    }
}
