package ordinary.web;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http2.HttpVersionPolicy;

/** Apache HttpClient 5, asynchronous: engines, and HTTP/2 by ALPN. */
final class AsyncBrowser implements Browser {

    private final CloseableHttpAsyncClient client;

    AsyncBrowser(Stores stores, boolean http2) throws GeneralSecurityException, IOException {
        HttpVersionPolicy policy = http2 ? HttpVersionPolicy.NEGOTIATE : HttpVersionPolicy.FORCE_HTTP_1;
        client = HttpAsyncClients.custom()
                .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                        .setTlsStrategy(new DefaultClientTlsStrategy(stores.tls()))
                        .setDefaultTlsConfig(
                                TlsConfig.custom().setVersionPolicy(policy).build())
                        .build())
                .build();
        client.start();
    }

    @Override
    public Reply read(URI page) throws Exception {
        return reply(SimpleRequestBuilder.get(page).build());
    }

    @Override
    public Reply post(URI page, byte[] body) throws Exception {
        return reply(SimpleRequestBuilder.post(page)
                .setBody(body, ContentType.APPLICATION_OCTET_STREAM)
                .build());
    }

    private Reply reply(SimpleHttpRequest request) throws Exception {
        SimpleHttpResponse response = client.execute(request, null).get();
        String version = response.getVersion().equals(HttpVersion.HTTP_2) ? HTTP_2 : HTTP_1_1;
        return new Reply(version, response.getBodyBytes());
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
