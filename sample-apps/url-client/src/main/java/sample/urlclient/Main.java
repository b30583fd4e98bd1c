package sample.urlclient;

import java.io.IOException;
import java.io.InputStream;
import javax.net.ssl.HttpsURLConnection;

/** Fetches a page, or posts one, and prints the answer. */
public final class Main {

    private static final int TIMEOUT_MILLIS = 30_000;

    private Main() {}

    public static void main(String... args) {
        Options options = Options.parseOrExit(args);
        try {
            for (int i = 0; i < options.times(); i++) {
                fetch(options);
            }
        } catch (IOException e) {
            System.err.println("url-client: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void fetch(Options options) throws IOException {
        var connection = (HttpsURLConnection) options.uri().toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        if (!options.post().isEmpty()) {
            connection.setDoOutput(true);
            connection.getOutputStream().write(options.body());
        }
        System.out.println("status " + connection.getResponseCode());
        System.out.println("cipher suite " + connection.getCipherSuite());
        System.out.println();
        try (InputStream body = body(connection)) {
            body.transferTo(System.out);
        }
        System.out.flush();
    }

    private static InputStream body(HttpsURLConnection connection) throws IOException {
        boolean failed = connection.getResponseCode() >= 400;
        InputStream body = failed ? connection.getErrorStream() : connection.getInputStream();
        return body == null ? InputStream.nullInputStream() : body;
    }
}
