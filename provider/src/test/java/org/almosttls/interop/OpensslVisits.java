package org.almosttls.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs of {@code s_client}: the first leaves its session in a file, from which the others go on with it. */
final class OpensslVisits implements Series {

    private final Terms own;
    private final Resumption how;
    private final Path folder;
    private Optional<CommandLinePeer> last = Optional.empty();

    OpensslVisits(Terms own, Resumption how) {
        this.own = own;
        this.how = how;
        try {
            folder = Files.createTempDirectory("almosttls");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int port() {
        throw new IllegalStateException("a client");
    }

    @Override
    public Correspondent next(int port) {
        // It writes the file at the latest when it ends.
        last.ifPresent(before -> before.process.exitCode());
        String option = last.isEmpty() ? "-sess_out" : "-sess_in";
        var words = new ArrayList<>(List.of(option, file().toString()));
        if (how == Resumption.ID) words.add("-no_ticket");
        var client = new Openssl().call(own, port, words);
        last = Optional.of(client);
        return client.kept();
    }

    private Path file() {
        return folder.resolve("session");
    }

    @Override
    public void close() throws IOException {
        last.ifPresent(CommandLinePeer::close);
        Files.deleteIfExists(file());
        Files.delete(folder);
    }
}
