package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.almosttls.registry.Role;

/** One connection between our stack and another. */
final class Conversation implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;

    final OurEnd ours;
    final Correspondent theirs;
    private final SessionLines lines;

    Conversation(OurEnd ours, Correspondent theirs, SessionLines lines) {
        this.ours = ours;
        this.theirs = theirs;
        this.lines = lines;
    }

    /** Both ends of a connection before the handshake of ours. */
    record Ends(Opposite opposite, Face face, Role role) {

        /** Each end on the terms for its role. */
        Conversation begin(Terms client, Terms server) throws Exception {
            var lines = new SessionLines();
            if (role == Role.SERVER) {
                var ours = face.listen(server, lines);
                return new Conversation(ours, opposite.call(client, ours.port()), lines);
            }
            var theirs = opposite.listen(server);
            return new Conversation(face.call(client, theirs.port(), lines), theirs, lines);
        }
    }

    Conversation handshake() throws Exception {
        try {
            ours.handshake();
            return this;
        } catch (IOException e) {
            e.addSuppressed(new AssertionError("the other end: " + theirs));
            throw e;
        }
    }

    /** Sends messages both ways at once, or one to and fro, and checks what arrives. */
    void exchange(int octetsOfOurs, int octetsOfTheirs) throws Exception {
        String up = Message.of(octetsOfOurs);
        var writing = inParallel(() -> {
            ours.write(up.getBytes(StandardCharsets.US_ASCII));
            return true;
        });
        if (theirs.echoes()) {
            assertArrives(up);
        } else {
            String down = Message.of(octetsOfTheirs);
            var sending = inParallel(() -> {
                theirs.send(down);
                return true;
            });
            assertArrives(down);
            sending.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertEquals(Message.digits(up), Message.digits(theirs.received()));
        }
        writing.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void assertArrives(String message) throws IOException {
        assertEquals(message, new String(ours.read(message.length()), StandardCharsets.US_ASCII));
    }

    private static <T> CompletableFuture<T> inParallel(Callable<T> work) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return work.call();
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    /** The session log's line of our end, by the dotted names of its fields, once the connection is over. */
    Map<String, String> line() throws Exception {
        return lines.line();
    }

    @Override
    public void close() throws IOException {
        try (theirs) {
            ours.close();
        }
    }
}
