package ordinary.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** The JDK's {@code HttpsServer}. */
public final class JdkServer {

    private JdkServer() {}

    public static void main(String... args) throws Exception {
        SSLContext tls = Stores.given().tls();
        Site.open(start(tls, false), start(tls, true));
    }

    private static int start(SSLContext tls, boolean member) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters params) {
                SSLParameters parameters = getSSLContext().getDefaultSSLParameters();
                parameters.setNeedClientAuth(member);
                params.setSSLParameters(parameters);
            }
        });
        return start(server);
    }

    static int start(HttpServer server) {
        server.createContext("/", JdkServer::greet);
        server.createContext(Site.ECHO, JdkServer::echo);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        return server.getAddress().getPort();
    }

    private static void greet(HttpExchange exchange) throws IOException {
        String greeting = exchange instanceof HttpsExchange secure
                ? Site.greeting(secure.getSSLSession())
                : Site.greeting(List.of());
        answer(exchange, greeting.getBytes(StandardCharsets.UTF_8));
    }

    private static void echo(HttpExchange exchange) throws IOException {
        answer(exchange, exchange.getRequestBody().readAllBytes());
    }

    private static void answer(HttpExchange exchange, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
