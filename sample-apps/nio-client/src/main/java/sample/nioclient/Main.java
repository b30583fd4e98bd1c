package sample.nioclient;

import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** Fetches one page and prints the answer. */
public final class Main {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Main() {}

    public static void main(String... args) {
        if (args.length != 1 || !args[0].startsWith("https://")) {
            System.err.println("usage: nio-client https://HOST[:PORT]/PATH");
            System.exit(2);
        }
        ExecutorService tasks = Executors.newSingleThreadExecutor();
        try {
            fetch(URI.create(args[0]), tasks);
        } catch (IOException | GeneralSecurityException e) {
            System.err.println("nio-client: " + e.getMessage());
            System.exit(1);
        } finally {
            tasks.shutdown();
        }
    }

    private static void fetch(URI uri, ExecutorService tasks) throws IOException, GeneralSecurityException {
        int port = uri.getPort() == -1 ? 443 : uri.getPort();
        SSLEngine engine = SSLContext.getDefault().createSSLEngine(uri.getHost(), port);
        engine.setUseClientMode(true);
        // Without this the engine checks the certificate's chain, but not whose name it carries.
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);

        try (Wire wire = Wire.connect(uri.getHost(), port, PATIENCE);
                TlsChannel channel = new TlsChannel(wire, engine, tasks)) {
            channel.send(request(uri));
            System.out.println("protocol " + engine.getSession().getProtocol());
            System.out.println("cipher suite " + engine.getSession().getCipherSuite());
            System.out.println();
            receive(channel);
        }
    }

    private static void receive(TlsChannel channel) throws IOException {
        HttpAnswer answer = new HttpAnswer(System.out);
        boolean more = true;
        while (more && !answer.complete()) {
            more = channel.receive(answer::add);
        }
        System.out.flush();
        if (answer.cutShort()) {
            throw new EOFException("the answer is cut short");
        }
    }

    /** In HTTP/1.0, so that the answer's body is never chunked. */
    private static ByteBuffer request(URI uri) {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String request = "GET " + path + query + " HTTP/1.0\r\nHost: " + uri.getRawAuthority() + "\r\n\r\n";
        return StandardCharsets.US_ASCII.encode(request);
    }
}
