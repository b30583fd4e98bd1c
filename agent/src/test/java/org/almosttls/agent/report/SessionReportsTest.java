package org.almosttls.agent.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.almosttls.agent.options.AgentOptions;
import org.almosttls.agent.options.AgentOptions.Detail;
import org.almosttls.agent.options.AgentOptions.Format;
import org.almosttls.agent.options.AgentOptions.Mode;
import org.almosttls.agent.options.AgentOptions.Protocol;
import org.almosttls.agent.options.InstallRules;
import org.almosttls.agent.options.LogTarget;
import org.almosttls.agent.options.UpgradeOptions;
import org.almosttls.event.TlsEventListener.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionReportsTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private SessionReports reportsTo(Path file) {
        AgentOptions options = new AgentOptions(
                Mode.INSTALL,
                InstallRules.NONE,
                Protocol.TLS,
                false,
                Map.of(),
                Optional.empty(),
                UpgradeOptions.OFF,
                new LogTarget(file.toString()),
                Format.JSON,
                Detail.SESSION,
                Optional.empty(),
                false);
        return new SessionReports(options, new Told(new PrintStream(said, true, StandardCharsets.UTF_8)));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theLogIsOpenedWhenItIsAskedForAndNotBefore() {
        Path log = folder.resolve("tls.jsonl");
        SessionReports reports = reportsTo(log);
        assertFalse(Files.exists(log));
        assertTrue(reports.get().wants(Kind.HANDSHAKE));
        assertTrue(Files.exists(log));
        assertEquals("", said());
    }

    @Test
    void aLogThatHasBecomeImpossibleIsToldAndTheConnectionsGoOnUnheard() {
        SessionReports reports = reportsTo(folder.resolve("gone").resolve("tls.jsonl"));
        assertFalse(reports.get().wants(Kind.HANDSHAKE));
        assertTrue(said().startsWith("AlmostTLS: cannot tell of sessions ("), said());
        assertEquals(1, said().lines().count());
    }
}
