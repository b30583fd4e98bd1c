package org.almosttls.agent.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts the demo's processes in its folder, and stops what is left of them. */
final class DemoProcesses implements AutoCloseable {

    private final Path folder;
    private final Screen screen;
    private final List<DemoProcess> started = new ArrayList<>();
    private boolean closed;

    DemoProcesses(Path folder, Screen screen) {
        this.folder = folder;
        this.screen = screen;
    }

    /** Shows the command with files by their names only, and runs it. */
    synchronized DemoProcess start(String label, List<String> command) throws IOException {
        if (closed) throw new IOException("the demo is ending");
        screen.command(command.stream().map(DemoProcesses::withoutFolders).toList());
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        removeForeignSettings(builder.environment());
        DemoProcess process = new DemoProcess(label, builder.start(), screen);
        started.add(process);
        return process;
    }

    /** What the demo shows is its own doing, and not that of the shell that it was started from. */
    private static void removeForeignSettings(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("ALMOSTTLS_"));
        environment.remove("JAVA_TOOL_OPTIONS");
        environment.remove("JDK_JAVA_OPTIONS");
    }

    private static String withoutFolders(String word) {
        String agent = "-javaagent:";
        if (word.startsWith(agent)) return agent + new File(word.substring(agent.length())).getName();
        return word.startsWith(File.separator) || new File(word).isAbsolute() ? new File(word).getName() : word;
    }

    @Override
    public synchronized void close() {
        closed = true;
        started.forEach(DemoProcess::stop);
    }
}
