package org.almosttls.agent.observe;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.almosttls.trace.SessionLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine that nobody has any more has its line, though its handshake was noted and not read. */
class ForgottenEnginesTest {

    @TempDir
    private Path folder;

    /** One that has said hello, and is dropped. */
    private static void begin(Observation observation) throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine();
        engine.setUseClientMode(true);
        observation.made(engine);
        ByteBuffer network = ByteBuffer.allocate(1 << 15);
        Object entered = observation.engineEnters(engine, true, network, 0, 1);
        observation.engineLeaves(entered, true, network, engine.wrap(ByteBuffer.allocate(0), network), null);
    }

    @Test
    void isToldAsAbandoned() throws Exception {
        Path file = folder.resolve("tls.jsonl");
        try (var log = SessionLog.open(file.toString(), Optional.of("json"))) {
            Observation observation = new Observation(log, (kind, type) -> {}, name -> {});
            assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
                while (log.figures().told() == 0) {
                    begin(observation);
                    System.gc();
                }
            });
            var line = Files.readAllLines(file).get(0);
            if (!line.contains("\"ended\":\"abandoned\"") || !line.contains("\"ja4\":\"t13"))
                throw new AssertionError(line);
        }
    }
}
