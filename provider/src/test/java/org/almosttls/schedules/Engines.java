package org.almosttls.schedules;

import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;

/** Makes engines of a setting, as often as wanted, of one context for either role. */
final class Engines {

    private static final String DISABLED = "jdk.tls.disabledAlgorithms";
    private static final X509ExtendedTrustManager TRUST =
            (X509ExtendedTrustManager) Contexts.trust(TestCertificates.trustStore())[0];
    private static final X509ExtendedKeyManager CLIENT = keys(TestCertificates.rsaClient());
    private static final Map<Setting.Key, X509ExtendedKeyManager> SERVERS = Map.of(
            Setting.Key.RSA, keys(TestCertificates.rsaServer()),
            Setting.Key.ECDSA, keys(TestCertificates.ecServer()),
            Setting.Key.ED25519, keys(TestCertificates.ed25519Server()));

    static {
        // The platform reads that property once, and is to read it as it was.
        Contexts.client(Contexts.PLATFORM).createSSLEngine();
    }

    private final Setting setting;
    private final Watched watched = new Watched();
    private final SSLContext clients;
    private final SSLContext servers;

    Engines(Setting setting, long seed) {
        this.setting = setting;
        clients = context(true, setting.shows() ? keys(true, CLIENT) : new KeyManager[0], seed);
        servers = context(false, keys(false, SERVERS.get(setting.key())), seed + 1);
    }

    /** The platform's engine asks outside of tasks, at times. */
    private KeyManager[] keys(boolean client, X509ExtendedKeyManager own) {
        return new KeyManager[] {setting.stack(client) == Stack.OURS ? watched.keys(own) : own};
    }

    /** One that decrypts its keys once and for all, since there are many handshakes to come. */
    private static X509ExtendedKeyManager keys(TestIdentity identity) {
        try {
            var factory = KeyManagerFactory.getInstance("SunX509", Contexts.PLATFORM);
            factory.init(TestIdentity.keyStore(identity), TestCertificates.PASSWORD);
            return (X509ExtendedKeyManager) factory.getKeyManagers()[0];
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private SSLContext context(boolean client, KeyManager[] keys, long seed) {
        var before = Security.getProperty(DISABLED);
        // What TLS 1.1 is, and what it signs with; ours reads it for each context.
        var unwanted = "(TLSv1.1|\\w+_sha1 usage HandshakeSignature)\\s*(,|$)";
        if (setting.version().equals("TLSv1.1")) Security.setProperty(DISABLED, before.replaceAll(unwanted, ""));
        try {
            var provider = setting.stack(client).provider(setting.features(), setting.padding());
            var context = SSLContext.getInstance(setting.version(), provider);
            var trust = new TrustManager[] {setting.stack(client) == Stack.OURS ? watched.trust(TRUST) : TRUST};
            context.init(keys, trust, new FixedRandomness(seed).secureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            Security.setProperty(DISABLED, before);
        }
    }

    Watched watched() {
        return watched;
    }

    SSLEngine client() {
        var engine = clients.createSSLEngine(TestCertificates.HOST, 443);
        engine.setUseClientMode(true);
        var parameters = parameters(engine, 0);
        parameters.setCipherSuites(new String[] {setting.suite()});
        if (setting.alpn() != Setting.Alpn.NONE) parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
        engine.setSSLParameters(parameters);
        return engine;
    }

    SSLEngine server() {
        var engine = servers.createSSLEngine();
        engine.setUseClientMode(false);
        var parameters = parameters(engine, 1);
        switch (setting.asks()) {
            case NEED -> parameters.setNeedClientAuth(true);
            case WANT -> parameters.setWantClientAuth(true);
            default -> parameters.setNeedClientAuth(false);
        }
        switch (setting.alpn()) {
            case BY_LISTS -> parameters.setApplicationProtocols(new String[] {"http/1.1"});
            case DISJOINT -> parameters.setApplicationProtocols(new String[] {"http/1.0"});
            case BY_SELECTOR -> engine.setHandshakeApplicationProtocolSelector(Engines::select);
            case REFUSED_BY_SELECTOR -> engine.setHandshakeApplicationProtocolSelector((asking, offered) -> null);
            default -> {}
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static String select(SSLEngine engine, List<String> offered) {
        return offered.contains("http/1.1") ? "http/1.1" : "";
    }

    /** What {@code getApplicationProtocol} says afterwards. */
    String protocol() {
        boolean agreed = setting.alpn() == Setting.Alpn.BY_LISTS || setting.alpn() == Setting.Alpn.BY_SELECTOR;
        return agreed ? "http/1.1" : "";
    }

    private SSLParameters parameters(SSLEngine engine, int end) {
        var parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {setting.version()});
        if (setting.packets().get(end) > 0)
            parameters.setMaximumPacketSize(setting.packets().get(end));
        return parameters;
    }
}
