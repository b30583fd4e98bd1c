package org.almosttls.agent;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.almosttls.AlmostTlsProvider;

/** One page behind TLS of ours, with a throw-away key that its visitors are told to trust. */
final class HttpsPage implements AutoCloseable {

    static final String TEXT = "a page";

    private static final String PASSWORD = "throw-away";
    private static final List<String> NAMED = List.of("-ext", "san=dns:localhost");

    private final HttpsServer server;
    private final Path store;

    /** @param folder where the key store goes */
    HttpsPage(Path folder) throws Exception {
        this(folder, TEXT + "\n");
    }

    /** @param text what is at each of its addresses */
    HttpsPage(Path folder, String text) throws Exception {
        this(folder, text, "TLS", Keytool.EC);
    }

    private HttpsPage(Path folder, String text, String protocol, List<String> key) throws Exception {
        store = folder.resolve("page.p12");
        Keytool.make(
                store,
                "CN=localhost",
                Stream.of(key, NAMED).flatMap(List::stream).toList());
        var context = SSLContext.getInstance(protocol, new AlmostTlsProvider());
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
        context.init(keys.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            var page = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Connection", "close");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
    }

    /** One behind AlmostTLSv1. */
    static HttpsPage ofTextbook(Path folder) throws Exception {
        return new HttpsPage(folder, TEXT + "\n", "AlmostTLS", Keytool.RSA);
    }

    String address() {
        return "https://localhost:" + server.getAddress().getPort() + "/";
    }

    /** Options of a JVM that trusts the page. */
    String trust() {
        return "-Djavax.net.ssl.trustStore=" + store + " -Djavax.net.ssl.trustStorePassword=" + PASSWORD;
    }

    /** The same, one by one. */
    String[] trustOptions() {
        return trust().split(" ");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
