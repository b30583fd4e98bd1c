package ordinary.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint.SslSessionData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Jetty, HTTP/2 and HTTP/1.1 by ALPN. */
public final class JettyServer {

    private JettyServer() {}

    public static void main(String... args) throws Exception {
        Stores stores = Stores.given();
        Server server = new Server();
        ServerConnector stranger = connector(server, tls(stores));
        SslContextFactory.Server strict = tls(stores);
        strict.setNeedClientAuth(true);
        ServerConnector member = connector(server, strict);
        server.addConnector(stranger);
        server.addConnector(member);
        server.setHandler(new SiteHandler());
        server.start();
        Site.open(stranger.getLocalPort(), member.getLocalPort());
    }

    private static SslContextFactory.Server tls(Stores stores) {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStorePath(stores.own());
        tls.setKeyStorePassword(stores.password());
        tls.setTrustStorePath(stores.trust());
        tls.setTrustStorePassword(stores.password());
        return tls;
    }

    private static ServerConnector connector(Server server, SslContextFactory.Server tls) {
        HttpConfiguration secure = new HttpConfiguration();
        secure.addCustomizer(new SecureRequestCustomizer());
        HttpConnectionFactory http1 = new HttpConnectionFactory(secure);
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(http1.getProtocol());
        ServerConnector connector = new ServerConnector(
                server,
                new SslConnectionFactory(tls, alpn.getProtocol()),
                alpn,
                new HTTP2ServerConnectionFactory(secure),
                http1);
        connector.setHost("127.0.0.1");
        return connector;
    }

    static final class SiteHandler extends Handler.Abstract {

        @Override
        public boolean handle(Request request, Response response, Callback done) {
            if (Request.getPathInContext(request).equals(Site.ECHO)) Content.copy(request, response, done);
            else response.write(true, ByteBuffer.wrap(greeting(request).getBytes(StandardCharsets.UTF_8)), done);
            return true;
        }

        private static String greeting(Request request) {
            X509Certificate[] shown = request.getAttribute(SslSessionData.ATTRIBUTE) instanceof SslSessionData session
                    ? session.peerCertificates()
                    : null;
            return Site.greeting(shown == null ? List.of() : List.of(shown));
        }
    }
}
