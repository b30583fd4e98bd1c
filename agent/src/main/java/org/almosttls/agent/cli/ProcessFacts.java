package org.almosttls.agent.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the system tells of a process, before anything is sent to it: a signal that a JVM takes for a greeting ends
 * another program. What the system does not tell is left to the JVM's own attach.
 *
 * @param proc where a Linux tells it
 */
record ProcessFacts(Path proc, long pid) {

    static ProcessFacts of(long pid) {
        return new ProcessFacts(Path.of("/proc"), pid);
    }

    /** @throws JvmRefused if it is known that nobody can attach, and why */
    void check() throws JvmRefused {
        if (pid == ProcessHandle.current().pid()) throw new JvmRefused("that is this command itself");
        if (!Files.isDirectory(proc.resolve("self"))) return;
        if (!Files.isDirectory(here())) throw new JvmRefused("there is no such process; ps lists those there are");
        checkOwner();
        if (link("ns/mnt").isPresent() && !link("ns/mnt").equals(linkOfOurs("ns/mnt")))
            throw new JvmRefused("it is in another container, which has other files; run this command in there, such as"
                    + " docker exec CONTAINER java -jar almost-tls-agent.jar ...");
        checkState();
        Optional<String> maps = text("maps");
        if (maps.isPresent() && !maps.get().contains("libjvm") && !maps.get().contains("libj9"))
            throw new JvmRefused("that is no JVM"
                    + text("comm").map(name -> " but " + name.strip()).orElse(""));
        if (text("cmdline")
                .filter(line -> line.contains("-XX:+DisableAttachMechanism"))
                .isPresent()) throw new JvmRefused(Refusals.DISABLED);
    }

    private void checkOwner() throws JvmRefused {
        try {
            String owner = Files.getOwner(here()).getName();
            String own = Files.getOwner(proc.resolve("self")).getName();
            if (!owner.equals(own))
                throw new JvmRefused("it belongs to another user, " + owner + ", and only the same may attach: sudo -u "
                        + owner + " java -jar almost-tls-agent.jar ...");
        } catch (IOException | UnsupportedOperationException unknown) {
            return;
        }
    }

    private void checkState() throws JvmRefused {
        String stat = text("stat").orElse("");
        String state = stat.substring(Math.min(stat.length(), stat.lastIndexOf(')') + 1))
                .strip();
        if (state.startsWith("T"))
            throw new JvmRefused("it is stopped and cannot answer; kill -CONT " + pid + " first");
        if (state.startsWith("Z")) throw new JvmRefused("it has ended");
    }

    private Path here() {
        return proc.resolve(Long.toString(pid));
    }

    private Optional<String> link(String name) {
        return linkAt(here().resolve(name));
    }

    private Optional<String> linkOfOurs(String name) {
        return linkAt(proc.resolve("self").resolve(name));
    }

    private static Optional<String> linkAt(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link).toString());
        } catch (IOException | UnsupportedOperationException unknown) {
            return Optional.empty();
        }
    }

    private Optional<String> text(String name) {
        try {
            return Optional.of(new String(Files.readAllBytes(here().resolve(name)), StandardCharsets.ISO_8859_1));
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }
}
