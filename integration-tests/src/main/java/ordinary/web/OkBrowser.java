package ordinary.web;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** OkHttp. */
final class OkBrowser implements Browser {

    private static final MediaType BYTES = MediaType.get("application/octet-stream");

    private final OkHttpClient client;

    OkBrowser(Stores stores, boolean http2) throws GeneralSecurityException, IOException {
        client = new OkHttpClient.Builder()
                .sslSocketFactory(stores.tls().getSocketFactory(), stores.trustManager())
                .protocols(http2 ? List.of(Protocol.HTTP_2, Protocol.HTTP_1_1) : List.of(Protocol.HTTP_1_1))
                .build();
    }

    @Override
    public Reply read(URI page) throws IOException {
        return reply(new Request.Builder().url(page.toURL()).build());
    }

    @Override
    public Reply post(URI page, byte[] body) throws IOException {
        return reply(new Request.Builder()
                .url(page.toURL())
                .post(RequestBody.create(body, BYTES))
                .build());
    }

    private Reply reply(Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            return new Reply(
                    response.protocol() == Protocol.HTTP_2 ? HTTP_2 : HTTP_1_1,
                    response.body().bytes());
        }
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
