package org.almosttls.agent.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;
import java.util.function.UnaryOperator;

/** The settings of {@code java.security} and of the files that it includes, which newer JVMs read where that is said. */
final class SecurityFile extends Properties {

    private static final long serialVersionUID = 1L;
    private static final String INCLUDE = "include";

    private final transient UnaryOperator<String> expansion;
    private final transient Deque<Path> open = new ArrayDeque<>();

    /** @param expansion of properties in the names of files */
    SecurityFile(UnaryOperator<String> expansion) {
        this.expansion = expansion;
    }

    void read(Path file) throws IOException {
        if (open.contains(file)) throw new IOException(file + " includes itself");
        open.push(file);
        try (InputStream in = Files.newInputStream(file)) {
            load(in);
        } finally {
            open.pop();
        }
    }

    /** Called for each line, in their order. */
    @Override
    public synchronized Object put(Object name, Object value) {
        if (!name.equals(INCLUDE)) return super.put(name, value);
        try {
            read(open.peek().resolveSibling(expansion.apply(value.toString())));
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
