package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.tools.attach.VirtualMachine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM that runs {@link ProbeApp.Waiting}, which the test asks while it attaches to it. */
final class Target implements AutoCloseable {

    /** What the agent can be asked. */
    enum Verb {
        ATTACH,
        DETACH,
        STATUS,
        SET
    }

    /** Whether it was done, and what there is to say. */
    record Answer(boolean done, List<String> lines) {}

    private static final long SECONDS = 60;

    private final Process process;
    private final Path err;
    private final PrintStream questions;
    private final BufferedReader answers;

    private Target(Process process, Path err) {
        this.process = process;
        this.err = err;
        this.questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static Target start(Path folder, String... options) throws IOException {
        List<String> command = AgentJvm.java();
        command.addAll(List.of(options));
        return start(folder, command);
    }

    /** @param java the words up to where the application is */
    static Target start(Path folder, List<String> java) throws IOException {
        return start(folder, Path.of("target", "test-classes"), java);
    }

    /**
     * @param classes where the application is
     * @param java the words up to there
     */
    static Target start(Path folder, Path classes, List<String> java) throws IOException {
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of("-cp", classes.toString(), ProbeApp.Waiting.class.getName()));
        Path err = Files.createTempFile(folder, "target", ".err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("ALMOSTTLS_"));
        Target target = new Target(builder.start(), err);
        if (!target.ask("hello").equals("world")) throw new IOException("it did not start: " + target.err());
        return target;
    }

    long pid() {
        return process.pid();
    }

    String ask(String question) throws IOException {
        questions.println(question);
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(question + "=")) return line.substring(question.length() + 1);
        }
        throw new IOException((process.isAlive() ? "it says nothing more: " : "it has ended: ") + err());
    }

    /** How it may come to its end. */
    enum Ending {
        RETURN,
        EXIT,
        SIGTERM
    }

    /** Has it end, and waits for that; its exit code. */
    int end(Ending how) throws Exception {
        switch (how) {
            case RETURN -> questions.close();
            case EXIT -> questions.println("exit:3");
            case SIGTERM -> process.toHandle().destroy();
        }
        assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), "still runs");
        return process.exitValue();
    }

    /** As a command does it, from this JVM, which has none of the agent's classes. */
    Answer tell(Verb verb, String text) throws Exception {
        Path exchange = Files.createTempDirectory("exchange");
        Files.write(exchange.resolve("request"), List.of(verb.name(), text));
        load(AgentJvm.JAR, "@" + exchange);
        List<String> lines = Files.readAllLines(exchange.resolve("answer"));
        for (String file : List.of("request", "answer", "")) Files.delete(exchange.resolve(file));
        return new Answer(lines.get(0).equals("done"), lines.subList(1, lines.size()));
    }

    /** Loads an agent into it. */
    void load(Path jar, String options) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(pid()));
        try {
            machine.loadAgent(jar.toString(), options);
        } finally {
            machine.detach();
        }
    }

    /** {@code java -jar almost-tls-agent.jar WORD PID WORDS}. */
    AgentJvm.Outcome command(String word, String... more) throws Exception {
        return command(new AgentJvm(), word, more);
    }

    AgentJvm.Outcome command(AgentJvm java, String word, String... more) throws Exception {
        return java.with("-jar", AgentJvm.JAR.toString(), word, Long.toString(pid()))
                .with(more)
                .run();
    }

    /** What stands on its stderr, but for what the platform says of agents that come late. */
    List<String> err() throws IOException {
        return Files.readAllLines(err).stream()
                .filter(line -> !line.startsWith("WARNING: "))
                .toList();
    }

    @Override
    public void close() {
        questions.close();
        process.destroyForcibly();
        process.onExit().join();
    }
}
