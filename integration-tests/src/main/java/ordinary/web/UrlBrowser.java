package ordinary.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/** {@code HttpURLConnection}, that of HTTPS with the JVM's default TLS, as the {@code javax.net.ssl} properties set it up. */
final class UrlBrowser implements Browser {

    UrlBrowser(Stores stores, boolean http2) {}

    @Override
    public Reply read(URI page) throws IOException {
        return reply((HttpURLConnection) page.toURL().openConnection());
    }

    @Override
    public Reply post(URI page, byte[] body) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) page.toURL().openConnection();
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length);
        connection.setRequestProperty("Connection", "close");
        connection.getOutputStream().write(body);
        return reply(connection);
    }

    private static Reply reply(HttpURLConnection connection) throws IOException {
        try (InputStream in = connection.getInputStream()) {
            return new Reply(HTTP_1_1, in.readAllBytes());
        }
    }

    @Override
    public void close() {
        // The last answer was asked for with "Connection: close".
    }
}
