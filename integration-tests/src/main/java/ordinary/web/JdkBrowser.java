package ordinary.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;

/** The JDK's {@code java.net.http.HttpClient}. */
final class JdkBrowser implements Browser {

    private final HttpClient client;

    JdkBrowser(Stores stores, boolean http2) throws GeneralSecurityException, IOException {
        client = HttpClient.newBuilder()
                .sslContext(stores.tls())
                .version(http2 ? Version.HTTP_2 : Version.HTTP_1_1)
                .build();
    }

    @Override
    public Reply read(URI page) throws IOException, InterruptedException {
        return reply(HttpRequest.newBuilder(page));
    }

    @Override
    public Reply post(URI page, byte[] body) throws IOException, InterruptedException {
        return reply(HttpRequest.newBuilder(page).POST(BodyPublishers.ofByteArray(body)));
    }

    private Reply reply(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
        return new Reply(response.version() == Version.HTTP_2 ? HTTP_2 : HTTP_1_1, response.body());
    }

    @Override
    public void close() {
        // On 17 there is no such thing; its connections end with the JVM.
    }
}
