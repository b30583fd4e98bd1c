package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Under the agent a key that only a provider of the application's can use is used by that. */
class DeviceKeysIT {

    @TempDir
    private Path folder;

    @Test
    void theApplicationsOwnProviderSigns() throws Exception {
        Keytool.make(folder, "device.p12", "CN=localhost");
        var outcome = new AgentJvm()
                .agent("log=sessions.jsonl")
                .with("-cp", Path.of("target", "test-classes").toAbsolutePath().toString(), DeviceApp.class.getName())
                .with("device.p12")
                .in(folder)
                .run();
        for (var version : new String[] {"TLSv1.2", "TLSv1.3"})
            assertEquals("AlmostTLS " + version + " 1", outcome.answer(version), outcome::toString);
    }
}
