package org.almosttls.agent.attach;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder, its owner's only, by which a command and the agent in another JVM talk: a request in one file, the answer in
 * another. So there is no port, and no thread waits for a request.
 */
public record Exchange(Path folder) {

    private static final String REQUEST = "request";
    private static final String ANSWER = "answer";
    private static final String DONE = "done";
    private static final String REFUSED = "refused";

    /** What is asked of the agent. */
    public enum Verb {
        ATTACH,
        DETACH,
        STATUS,
        SET
    }

    /**
     * A request.
     *
     * @param text options, where there are any
     */
    record Request(Verb verb, String text) {}

    public static Exchange open() throws IOException {
        return new Exchange(Files.createTempDirectory("almost-tls-").toAbsolutePath());
    }

    public void ask(Verb verb, String text) throws IOException {
        Files.write(folder.resolve(REQUEST), List.of(verb.name(), text.replace('\n', ' ')), StandardCharsets.UTF_8);
    }

    Request request() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(REQUEST), StandardCharsets.UTF_8);
        return new Request(Verb.valueOf(lines.get(0)), lines.get(1));
    }

    void answer(Answer answer) throws IOException {
        List<String> lines = new ArrayList<>(List.of(answer.done() ? DONE : REFUSED));
        for (String line : answer.lines()) lines.add(line.replaceAll("\\R", " "));
        Files.write(folder.resolve(ANSWER), lines, StandardCharsets.UTF_8);
    }

    /** Nothing if nobody has answered. */
    public Optional<Answer> answer() throws IOException {
        Path file = folder.resolve(ANSWER);
        if (!Files.exists(file)) return Optional.empty();
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        return Optional.of(new Answer(lines.get(0).equals(DONE), lines.subList(1, lines.size())));
    }

    public void delete() throws IOException {
        for (String file : List.of(REQUEST, ANSWER)) Files.deleteIfExists(folder.resolve(file));
        Files.delete(folder);
    }
}
