package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Under the agent a store that an application has loaded by itself is read again when its file changes. */
class ReloadIT {

    @TempDir
    private Path folder;

    @BeforeEach
    void makeStores() throws Exception {
        make("server.p12", "CN=first");
        make("next.p12", "CN=second");
    }

    private void make(String file, String subject) throws Exception {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var words = Stream.of(
                "-genkeypair",
                "-alias",
                "own",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                subject,
                "-storetype",
                "PKCS12",
                "-storepass",
                "throw-away",
                "-keystore",
                file);
        var process = new ProcessBuilder(
                        Stream.concat(Stream.of(keytool), words).toList())
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertEquals(0, process.waitFor());
    }

    private AgentJvm.Outcome runWith(String options) throws Exception {
        return new AgentJvm()
                .with("-Djavax.net.ssl.trustStorePassword=throw-away")
                .agent(options)
                .with("-cp", Path.of("target", "test-classes").toAbsolutePath().toString(), StoresApp.class.getName())
                .with("server.p12", "next.p12")
                .in(folder)
                .run();
    }

    @Test
    void newConnectionsSeeWhatTheFileHolds() throws Exception {
        var outcome = runWith(
                "reload.stores=other.p12:server.p12,log=sessions.jsonl".replace(":", java.io.File.pathSeparator));
        assertEquals("CN=first", outcome.answer("first"));
        assertEquals("CN=second", outcome.answer("next"), outcome::toString);
        var said = String.join("\n", outcome.err());
        assertTrue(said.contains("AlmostTLS: reload: server.p12 is a store that the application has loaded"), said);
        assertTrue(said.contains("AlmostTLS: reload: server.p12 has changed; new connections use it"), said);
    }
}
