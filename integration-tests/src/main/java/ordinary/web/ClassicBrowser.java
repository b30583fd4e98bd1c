package ordinary.web;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Apache HttpClient 5, classic: HTTP/1.1 over sockets. */
final class ClassicBrowser implements Browser {

    private final CloseableHttpClient client;

    ClassicBrowser(Stores stores, boolean http2) throws GeneralSecurityException, IOException {
        client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(stores.tls()))
                        .build())
                .build();
    }

    @Override
    public Reply read(URI page) throws IOException {
        return reply(new HttpGet(page));
    }

    @Override
    public Reply post(URI page, byte[] body) throws IOException {
        HttpPost post = new HttpPost(page);
        post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_OCTET_STREAM));
        return reply(post);
    }

    private Reply reply(ClassicHttpRequest request) throws IOException {
        return client.execute(request, response -> new Reply(HTTP_1_1, EntityUtils.toByteArray(response.getEntity())));
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
