package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Under the agent a store that an application has loaded by itself is read again when its file changes. */
class ReloadIT {

    @TempDir
    private Path folder;

    @BeforeEach
    void makeStores() throws Exception {
        Keytool.make(folder, "server.p12", "CN=first");
        Keytool.make(folder, "next.p12", "CN=second");
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
