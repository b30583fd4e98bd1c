package sample.httpclient;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** Fetches a page, or posts one, one time after the other or all at once, and prints the answers. */
public final class Main {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Main() {}

    public static void main(String... args) {
        Options options = Options.parseOrExit(args);
        try {
            run(options);
        } catch (CompletionException e) {
            System.err.println("http-client: " + e.getCause().getMessage());
            System.exit(1);
        } catch (IOException | InterruptedException e) {
            System.err.println("http-client: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void run(Options options) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        HttpRequest request = request(options);
        if (options.async()) {
            Stream.generate(() -> client.sendAsync(request, BodyHandlers.ofByteArray()))
                    .limit(options.times())
                    .toList()
                    .forEach(answer -> print(answer.join()));
        } else {
            for (int i = 0; i < options.times(); i++) {
                print(client.send(request, BodyHandlers.ofByteArray()));
            }
        }
    }

    private static HttpRequest request(Options options) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(options.uri()).timeout(PATIENCE);
        if (!options.post().isEmpty()) {
            request.POST(BodyPublishers.ofByteArray(options.body()));
        }
        return request.build();
    }

    private static void print(HttpResponse<byte[]> answer) {
        System.out.println("status " + answer.statusCode());
        System.out.println("version " + answer.version());
        answer.sslSession().ifPresent(session -> {
            System.out.println("protocol " + session.getProtocol());
            System.out.println("cipher suite " + session.getCipherSuite());
        });
        System.out.println();
        System.out.writeBytes(answer.body());
        System.out.flush();
    }
}
