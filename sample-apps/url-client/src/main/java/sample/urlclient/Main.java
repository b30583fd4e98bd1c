package sample.urlclient;

import java.io.IOException;
import java.io.InputStream;
import java.util.NoSuchElementException;
import javax.net.ssl.HttpsURLConnection;

/** Fetches a page, or posts one, and prints the answer. */
public final class Main {

    private static final int TIMEOUT_MILLIS = 30_000;

    private Main() {}

    public static void main(String... args) {
        try {
            Options options = Options.parse(args);
            for (int i = 0; i < options.times(); i++) {
                fetch(options);
            }
        } catch (IllegalArgumentException | NoSuchElementException e) {
            System.err.println("url-client: " + e.getMessage());
            System.err.println(Options.USAGE);
            System.exit(2);
        } catch (IOException e) {
            System.err.println("url-client: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void fetch(Options options) throws IOException {
        if (!(options.url().openConnection() instanceof HttpsURLConnection connection)) {
            throw new IllegalArgumentException("not an https URL: " + options.url());
        }
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
