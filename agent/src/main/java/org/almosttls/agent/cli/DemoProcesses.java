package org.almosttls.agent.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Starts the demo's processes in its folder, and stops what is left of them. */
final class DemoProcesses {

    private final Path folder;
    private final Screen screen;
    private final long end;
    private final List<DemoProcess> started = new ArrayList<>();
    private boolean stopped;

    /** @param longest how long they may take, all together */
    DemoProcesses(Path folder, Screen screen, Duration longest) {
        this.folder = folder;
        this.screen = screen;
        this.end = System.nanoTime() + longest.toNanos();
    }

    /** Shows the command with files by their names only, and runs it. */
    synchronized DemoProcess start(String label, List<String> command) throws IOException {
        if (stopped) throw new IOException("the demo is ending");
        screen.command(command.stream().map(DemoProcesses::withoutFolders).toList());
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        removeForeignSettings(builder.environment());
        DemoProcess process = new DemoProcess(label, builder.start(), screen, end);
        started.add(process);
        return process;
    }

    /** A program of this machine by its name. */
    static Optional<Path> find(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What the demo shows is its own doing, and not that of the shell that it was started from. */
    private static void removeForeignSettings(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("ALMOSTTLS_"));
        environment.remove("JAVA_TOOL_OPTIONS");
        environment.remove("JDK_JAVA_OPTIONS");
    }

    private static String withoutFolders(String word) {
        String agent = "-javaagent:";
        if (word.startsWith(agent)) return agent + nameOf(word.substring(agent.length()));
        return new File(word).isAbsolute() ? nameOf(word) : word;
    }

    private static String nameOf(String file) {
        return new File(file).getName();
    }

    synchronized void stop() {
        stopped = true;
        started.forEach(DemoProcess::stop);
    }
}
