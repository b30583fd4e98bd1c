package org.almosttls.jsse;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.almosttls.config.Textbook;
import org.almosttls.registry.Role;

/** Makes engines and sockets that share key and trust managers, preferences and sessions. */
public class AlmostSslContext extends SSLContextSpi {

    private final Lending lending;
    private final Preferences preferences;
    private final Textbook textbook;
    private final AlmostSslSessions clientSessions;
    private final AlmostSslSessions serverSessions;
    private volatile Optional<ContextMeans> means = Optional.empty();

    /** As the provider hands it out. */
    public AlmostSslContext(Lending lending, Scope scope) {
        this(lending, scope, Textbook.WHOLE);
    }

    /**
     * As the lab needs it.
     *
     * @param textbook AlmostTLSv1, perhaps with something missing
     */
    public AlmostSslContext(Lending lending, Scope scope, Textbook textbook) {
        this.lending = lending;
        this.preferences = Preferences.current(scope);
        this.textbook = textbook;
        this.clientSessions = new AlmostSslSessions(lending.clock());
        this.serverSessions = AlmostSslSessions.ofServer(lending.clock());
    }

    /**
     * @param keys null or none for no key
     * @param trust null for the platform's default trust store
     * @param random null for the platform's
     */
    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
            throws KeyManagementException {
        initialise(keys, trust, random);
    }

    final void initialise(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
        var identities =
                new Identities(PlainKeys.firstOf(keys), PlainTrust.firstOf(trust == null ? defaultTrust() : trust));
        var source = random == null ? new SecureRandom() : random;
        means = Optional.of(new ContextMeans(
                lending,
                preferences,
                textbook,
                identities.keys(),
                identities.trust(),
                source,
                clientSessions,
                serverSessions,
                new ContextTickets(lending, identities, source, serverSessions::timeout)));
    }

    /** As the platform: a default trust store that cannot be read is no error here, but then nobody is trusted. */
    private TrustManager[] defaultTrust() {
        try {
            return DefaultStores.trust(lending.reloading());
        } catch (GeneralSecurityException | IOException | RuntimeException unreadable) {
            return new TrustManager[0];
        }
    }

    private ContextMeans means() {
        return means.orElseThrow(() -> new IllegalStateException("SSLContext is not initialized"));
    }

    @Override
    protected final SSLSocketFactory engineGetSocketFactory() {
        return new AlmostSslSocketFactory(means());
    }

    @Override
    protected final SSLServerSocketFactory engineGetServerSocketFactory() {
        return new AlmostSslServerSocketFactory(means());
    }

    @Override
    protected final SSLEngine engineCreateSSLEngine() {
        return new AlmostSslEngine(means());
    }

    @Override
    protected final SSLEngine engineCreateSSLEngine(String host, int port) {
        return new AlmostSslEngine(means(), host, port);
    }

    @Override
    protected final SSLSessionContext engineGetServerSessionContext() {
        return serverSessions;
    }

    @Override
    protected final SSLSessionContext engineGetClientSessionContext() {
        return clientSessions;
    }

    /** What a client of this context begins with. */
    @Override
    protected final SSLParameters engineGetDefaultSSLParameters() {
        return new ConnectionWishes(means(), Role.CLIENT).parameters("");
    }

    @Override
    protected final SSLParameters engineGetSupportedSSLParameters() {
        return new SSLParameters(preferences.supportedSuites(), preferences.supportedProtocols());
    }
}
