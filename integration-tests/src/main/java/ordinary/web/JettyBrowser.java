package ordinary.web;

import java.io.IOException;
import java.net.URI;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientConnectionFactory;
import org.eclipse.jetty.client.transport.HttpClientTransportDynamic;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.ClientConnectionFactoryOverHTTP2;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Jetty's client: engines, and HTTP/2 by ALPN. */
final class JettyBrowser implements Browser {

    private final HttpClient client;

    JettyBrowser(Stores stores, boolean http2) throws Exception {
        ClientConnector connector = new ClientConnector();
        connector.setSslContextFactory(tls(stores));
        ClientConnectionFactory.Info http1 = HttpClientConnectionFactory.HTTP11;
        client = new HttpClient(
                http2
                        ? new HttpClientTransportDynamic(
                                connector,
                                new ClientConnectionFactoryOverHTTP2.HTTP2(new HTTP2Client(connector)),
                                http1)
                        : new HttpClientTransportDynamic(connector, http1));
        client.start();
    }

    private static SslContextFactory.Client tls(Stores stores) {
        SslContextFactory.Client tls = new SslContextFactory.Client();
        tls.setKeyStorePath(stores.own());
        tls.setKeyStorePassword(stores.password());
        tls.setTrustStorePath(stores.trust());
        tls.setTrustStorePassword(stores.password());
        return tls;
    }

    @Override
    public Reply read(URI page) throws Exception {
        return reply(client.GET(page));
    }

    @Override
    public Reply post(URI page, byte[] body) throws Exception {
        return reply(client.POST(page).body(new BytesRequestContent(body)).send());
    }

    private static Reply reply(ContentResponse response) {
        return new Reply(response.getVersion() == HttpVersion.HTTP_2 ? HTTP_2 : HTTP_1_1, response.getContent());
    }

    @Override
    public void close() throws IOException {
        try {
            client.stop();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
