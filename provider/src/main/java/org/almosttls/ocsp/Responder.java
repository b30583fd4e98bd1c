package org.almosttls.ocsp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** RFC 6960 Appendix A: asks over HTTP, without TLS, which would need a responder in turn. */
record Responder(URI address, Duration timeout) {

    private static final int MOST_OCTETS = 1 << 16;
    private static final int CHUNK = 1 << 12;

    byte[] ask(byte[] request) throws IOException {
        if (!"http".equalsIgnoreCase(address.getScheme())) throw new IOException("not asked over " + address);
        var connection = (HttpURLConnection) address.toURL().openConnection();
        // Zero would stand for ever.
        int millis = Math.max(1, Math.toIntExact(timeout.toMillis()));
        connection.setConnectTimeout(millis);
        connection.setReadTimeout(millis);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Content-Type", "application/ocsp-request");
        connection.setDoOutput(true);
        try {
            try (var out = connection.getOutputStream()) {
                out.write(request);
            }
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK)
                throw new IOException("HTTP status " + connection.getResponseCode());
            try (var in = connection.getInputStream()) {
                return all(in, System.nanoTime() + timeout.toNanos());
            }
        } finally {
            connection.disconnect();
        }
    }

    /** A responder that drips is left alone in the end. */
    private static byte[] all(InputStream in, long deadline) throws IOException {
        var all = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
            all.write(chunk, 0, length);
            if (all.size() > MOST_OCTETS || System.nanoTime() - deadline > 0)
                throw new IOException("too long a response");
        }
        return all.toByteArray();
    }
}
