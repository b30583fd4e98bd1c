package sample.httpsserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** What the server serves. */
final class Pages {

    private static final int ECHO_LIMIT = 16 << 20;
    private static final long BIG_LIMIT = 1 << 30;

    private Pages() {}

    /** {@code /}: protocol and cipher suite of the connection, and the client's name if it showed one. */
    static void connection(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestURI().getPath().equals("/")) {
            answer(exchange, 404, "no such page\n");
            return;
        }
        SSLSession session = ((HttpsExchange) exchange).getSSLSession();
        String page = "protocol " + session.getProtocol() + "\ncipher suite " + session.getCipherSuite() + "\n";
        answer(exchange, 200, page + client(session));
    }

    private static String client(SSLSession session) {
        try {
            return "client " + session.getPeerPrincipal().getName() + "\n";
        } catch (SSLPeerUnverifiedException e) {
            return "";
        }
    }

    /** {@code /echo}: a POST's body, up to 16 MiB. */
    static void echo(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            answer(exchange, 405, "only POST\n");
            return;
        }
        byte[] body = exchange.getRequestBody().readNBytes(ECHO_LIMIT + 1);
        if (body.length > ECHO_LIMIT) {
            answer(exchange, 413, "more than " + ECHO_LIMIT + " bytes\n");
            return;
        }
        answer(exchange, 200, body);
    }

    /** {@code /big?bytes=N}: N bytes, up to 1 GiB, the alphabet over and over. */
    static void big(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        if (!query.matches("bytes=\\d{1,10}") || Long.parseLong(query.substring(6)) > BIG_LIMIT) {
            answer(exchange, 400, "wanted: /big?bytes=N, N up to " + BIG_LIMIT + "\n");
            return;
        }
        long left = Long.parseLong(query.substring(6));
        byte[] alphabets = "abcdefghijklmnopqrstuvwxyz".repeat(1000).getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(200, lengthOf(left));
        try (OutputStream out = exchange.getResponseBody()) {
            for (; left > 0; left -= alphabets.length) {
                out.write(alphabets, 0, (int) Math.min(left, alphabets.length));
            }
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        answer(exchange, status, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, lengthOf(body.length));
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /** In this API 0 means a length not yet known, and -1 no body. */
    private static long lengthOf(long bytes) {
        return bytes == 0 ? -1 : bytes;
    }
}
