package sample.jettysite;

import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** How the site is spoken to: TLS, in it ALPN, and by its choice HTTP/2 or HTTP/1.1. */
final class Https {

    private Https() {}

    static ServerConnector connector(Server server, Options options) throws GeneralSecurityException, IOException {
        HttpConfiguration http = new HttpConfiguration();
        // Hands the connection's TLS on to each request.
        http.addCustomizer(new SecureRequestCustomizer());
        var http1 = new HttpConnectionFactory(http);
        var http2 = new HTTP2ServerConnectionFactory(http);
        var alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(http1.getProtocol());
        var tls = new SslConnectionFactory(tls(options), alpn.getProtocol());
        ServerConnector connector = new ServerConnector(server, tls, alpn, http2, http1);
        connector.setHost("127.0.0.1");
        connector.setPort(options.port());
        return connector;
    }

    private static SslContextFactory.Server tls(Options options) throws GeneralSecurityException, IOException {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setSslContext(context(options));
        switch (options.clientAuth()) {
            case NONE -> tls.setWantClientAuth(false);
            case WANT -> tls.setWantClientAuth(true);
            case NEED -> tls.setNeedClientAuth(true);
        }
        return tls;
    }

    private static SSLContext context(Options options) throws GeneralSecurityException, IOException {
        if (options.keyStore().isEmpty()) {
            return SSLContext.getDefault();
        }
        char[] password = options.password().toCharArray();
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(new File(options.keyStore()), password), password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
