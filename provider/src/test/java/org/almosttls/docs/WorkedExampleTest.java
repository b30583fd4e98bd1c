package org.almosttls.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.almosttls.testkit.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever types what AlmostTLSv1 §11 says sees what it says. */
class WorkedExampleTest {

    private final WorkedExample example = WorkedExample.onThePage();

    @Test
    void allFilesAreOnThePage() {
        var names = Set.of("alice.pem", "octets.sh", "ems.hex", "bob.hex", "alice.hex", "error.hex");
        assertEquals(names, example.files().keySet());
    }

    @Test
    void everyCommandPrintsWhatStandsUnderIt(@TempDir Path folder) throws Exception {
        Peers.OPENSSL.require();
        example.saveIn(folder);
        assertEquals(7, example.steps().size());
        for (var step : example.steps()) assertEquals(step.output(), run(folder, step.commands()), step.commands());
    }

    /** What it prints, errors included. */
    private static String run(Path folder, String commands) throws Exception {
        var shell = new ProcessBuilder("sh", "-c", commands)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        shell.getOutputStream().close();
        var output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!shell.waitFor(30, TimeUnit.SECONDS)) throw new AssertionError("runs on: " + commands);
        return output;
    }
}
