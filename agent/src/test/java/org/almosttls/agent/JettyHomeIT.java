package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jetty as its own distribution starts it, with the class loader of its {@code start.jar}. */
class JettyHomeIT {

    private static final Path DISTRIBUTIONS = Path.of("target", "jetty-home").toAbsolutePath();

    private static final Pattern LISTENS = Pattern.compile("Started oejs\\.ServerConnector.*\\{SSL.*:(\\d+)}");

    @TempDir
    private Path folder;

    @Test
    void itServesWithOurTlsAndEndsAsEver() throws Exception {
        Keytool.make(folder, "own.p12", "CN=localhost");
        start("--add-modules=https").waitFor();
        var jetty = start(
                "jetty.ssl.host=localhost",
                "jetty.ssl.port=0",
                "jetty.sslContext.keyStorePath=" + folder.resolve("own.p12"),
                "jetty.sslContext.keyStorePassword=throw-away");
        var said = new ArrayList<String>();
        try (var lines = new BufferedReader(new InputStreamReader(jetty.getInputStream(), StandardCharsets.UTF_8))) {
            // Without any site in it, Jetty's answer is that there is none.
            assertEquals(404, visit(portIn(lines, said)));
            // By its handle, which leaves alone what is still to be read.
            jetty.toHandle().destroy();
            lines.lines().forEach(said::add);
        } finally {
            jetty.destroyForcibly();
        }
        assertEquals(1, SessionLines.in(said).size(), said::toString);
        assertEquals(
                List.of(),
                said.stream().filter(line -> line.startsWith("AlmostTLS: ")).toList());
    }

    private Process start(String... words) throws IOException {
        List<String> command = AgentJvm.java();
        command.add("-javaagent:" + AgentJvm.JAR);
        command.addAll(List.of("-jar", home().resolve("start.jar").toString()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private static Path home() throws IOException {
        try (Stream<Path> unpacked = Files.list(DISTRIBUTIONS)) {
            return unpacked.findFirst().orElseThrow();
        }
    }

    private static int portIn(BufferedReader lines, List<String> said) throws IOException {
        while (true) {
            String line = lines.readLine();
            assertNotNull(line, said::toString);
            said.add(line);
            var listens = LISTENS.matcher(line);
            if (listens.find()) return Integer.parseInt(listens.group(1));
        }
    }

    private int visit(int port) throws Exception {
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(KeyStore.getInstance(folder.resolve("own.p12").toFile(), "throw-away".toCharArray()));
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        var request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/"))
                .build();
        return HttpClient.newBuilder()
                .sslContext(context)
                .build()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
