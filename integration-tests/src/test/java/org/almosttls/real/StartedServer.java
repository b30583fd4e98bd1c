package org.almosttls.real;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import sample.testkit.FreePort;

/** The process of somebody else's server, which has said that it is ready, and the ports that it was told. */
record StartedServer(Process process, int port, int other) implements AutoCloseable {

    private static final int ATTEMPTS = 5;

    /** Starts it. */
    interface Start {
        Process at(int port, int other) throws IOException;
    }

    /** @param ready what it says, among other things, once it is */
    static StartedServer awaited(String ready, Start start) throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = FreePort.find();
            int other = FreePort.find();
            var server = new StartedServer(start.at(port, other), port, other);
            List<String> said = server.until(ready);
            if (said.isEmpty()) return server;
            server.close();
            // Between our finding a port free and its taking it, somebody else may have.
            if (attempt == ATTEMPTS) throw new AssertionError("it does not start:\n" + String.join("\n", said));
        }
    }

    /** What it said if it ended instead; else nothing. */
    private List<String> until(String ready) throws IOException {
        BufferedReader output = process.inputReader();
        List<String> said = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains(ready)) return List.of();
            said.add(line);
        }
        said.add("and ended with " + process.onExit().join().exitValue());
        return said;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
