package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sample.testkit.SampleApp;
import sample.testkit.SampleApp.Server;
import sample.testkit.SessionJson;
import sample.testkit.ThrowAwayKeys;

/** What people fetch pages with, at the sample server under the agent. */
@Timeout(300)
class WebClientsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern ESTABLISHED = Pattern.compile("^\\{.*\"established\":true.*}$");

    @TempDir
    private static Path folder;

    private static ThrowAwayKeys keys;
    private static Path keyStore;
    private static Server server;

    @BeforeAll
    static void start() {
        keys = ThrowAwayKeys.in(folder);
        keyStore = keys.serverEc();
        server = SampleApp.httpsServer(List.of("-javaagent:" + AgentJvm.JAR + "=log=stderr,format=json"), keyStore);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static SessionJson nextSession() {
        return SessionJson.parse(
                server.jvm().awaitErrorLine(ESTABLISHED, PATIENCE).group());
    }

    @ParameterizedTest
    @CsvSource({
        "curl, curl --silent --show-error --cacert CA --tlsv1.3 URL",
        "curl, curl --silent --show-error --cacert CA --tls-max 1.2 URL",
        "wget, wget --quiet --output-document=- --ca-certificate=CA URL"
    })
    void aPageIsFetched(String program, String command) throws Exception {
        Peers.require(program);
        var page = Peers.shell(
                folder,
                command.replace("CA", keys.caPem().toString())
                        .replace("URL", server.address().toString()));
        var session = nextSession();
        assertTrue(page.contains(session.at("tls.cipher")), page);
        assertEquals(command.contains("1.2") ? "1.2" : "1.3", session.at("tls.protocol.version"));
    }

    /** It has no option to trust a CA, but one to trust a key. */
    @Test
    void chromiumShowsThePageAndNobodyCouldRecordItForLater() throws Exception {
        Peers.require("chromium");
        var page = Peers.shell(
                folder,
                "chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run"
                        + " --disable-background-networking --disable-component-update --disable-sync --user-data-dir="
                        + folder.resolve("chromium") + " --ignore-certificate-errors-spki-list=" + keyDigest()
                        + " --dump-dom " + server.address() + " 2>" + folder.resolve("chromium.log"));
        var session = nextSession();
        assertTrue(page.contains(session.at("tls.cipher")), page);
        assertEquals("1.3", session.at("tls.protocol.version"));
        assertEquals("X25519MLKEM768", session.at("tls.curve"));
        assertEquals("true", session.at("almosttls.post_quantum"));
    }

    private static String keyDigest() throws Exception {
        var store = KeyStore.getInstance(keyStore.toFile(), ThrowAwayKeys.PASSWORD.toCharArray());
        var key = store.getCertificate(store.aliases().nextElement()).getPublicKey();
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
    }
}
