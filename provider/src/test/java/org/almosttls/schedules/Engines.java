package org.almosttls.schedules;

import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.TestCertificates;

/** Makes engines of a setting, as often as wanted, of one context for either role. */
final class Engines {

    private static final String DISABLED = "jdk.tls.disabledAlgorithms";
    private static final X509ExtendedTrustManager TRUST =
            (X509ExtendedTrustManager) Contexts.trust(TestCertificates.trustStore())[0];
    private static final X509ExtendedKeyManager RSA =
            (X509ExtendedKeyManager) Contexts.keys(TestCertificates.rsaServer())[0];
    private static final X509ExtendedKeyManager ED25519 =
            (X509ExtendedKeyManager) Contexts.keys(TestCertificates.ed25519Server())[0];
    private static final X509ExtendedKeyManager CLIENT =
            (X509ExtendedKeyManager) Contexts.keys(TestCertificates.rsaClient())[0];

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
        var serverKeys = setting.key() == Setting.Key.RSA ? RSA : ED25519;
        clients = context(true, setting.shows() ? new KeyManager[] {watched.keys(CLIENT)} : new KeyManager[0], seed);
        servers = context(false, new KeyManager[] {watched.keys(serverKeys)}, seed + 1);
    }

    private SSLContext context(boolean client, KeyManager[] keys, long seed) {
        var before = Security.getProperty(DISABLED);
        // What TLS 1.1 is, and what it signs with; ours reads it for each context.
        var unwanted = "(TLSv1.1|\\w+_sha1 usage HandshakeSignature)\\s*(,|$)";
        if (setting.version().equals("TLSv1.1")) Security.setProperty(DISABLED, before.replaceAll(unwanted, ""));
        try {
            var provider = setting.stack(client).provider(setting.features(), setting.padding());
            var context = SSLContext.getInstance(setting.version(), provider);
            var trust = new TrustManager[] {watched.trust(TRUST)};
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
        if (setting.alpn() == Setting.Alpn.BY_LISTS) parameters.setApplicationProtocols(new String[] {"http/1.1"});
        engine.setSSLParameters(parameters);
        if (setting.alpn() == Setting.Alpn.BY_SELECTOR) engine.setHandshakeApplicationProtocolSelector(Engines::select);
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
