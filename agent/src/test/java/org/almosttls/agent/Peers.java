package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Programs, and the like, that are not ours; without one its tests are left out, but in CI it has to be there. */
final class Peers {

    private Peers() {}

    static void require(String executable) {
        require(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, executable))),
                "a " + executable);
    }

    /** The same of something else that has to be there. */
    static void require(boolean present, String what) {
        assertFalse(!present && "true".equals(System.getenv("CI")), "in CI there has to be " + what);
        assumeTrue(present, "there is not " + what);
    }

    /** What the command prints; it must have nothing to complain of. */
    static String shell(Path folder, String command) throws IOException, InterruptedException {
        var process = new ProcessBuilder("sh", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        assertFalse(said.contains("jq: error"), said);
        return said;
    }
}
