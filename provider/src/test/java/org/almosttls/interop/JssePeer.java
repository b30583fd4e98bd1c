package org.almosttls.interop;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import org.almosttls.testkit.GrowingText;

/** One end that is a socket of another provider, with a thread that finishes its handshake and reads all the time. */
final class JssePeer implements Correspondent {

    private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)|AlertReceived: (\\w+)\\(");
    private static final int PATIENCE_SECONDS = 30;

    /** A TLS socket and the transport below it. */
    record Layered(Socket transport, SSLSocket socket) {}

    private final Optional<ServerSocket> listening;
    private final GrowingText heard = new GrowingText();
    private final CompletableFuture<Layered> connected = new CompletableFuture<>();
    /** Why it ended; empty if it was as it should be. */
    private final CompletableFuture<Optional<Exception>> ended = new CompletableFuture<>();

    JssePeer(Optional<ServerSocket> listening, Callable<Layered> connect) {
        this.listening = listening;
        var thread = new Thread(() -> run(connect), "opposite");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Callable<Layered> connect) {
        try {
            var layered = connect.call();
            layered.transport().setSoTimeout(Ours.PATIENCE_MILLIS);
            layered.socket().startHandshake();
            connected.complete(layered);
            read(layered.socket());
            ended.complete(Optional.empty());
            // RFC 5246 §7.2.1: a close_notify is answered, by some stacks only when the application closes.
            closeQuietly(layered.socket());
        } catch (Exception e) {
            connected.completeExceptionally(e);
            ended.complete(Optional.of(e));
        } finally {
            heard.end();
        }
    }

    private void read(SSLSocket socket) throws IOException {
        byte[] chunk = new byte[16384];
        var in = socket.getInputStream();
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) heard.append(chunk, count);
    }

    private Layered connection() throws Exception {
        return connected.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public int port() {
        return listening.orElseThrow().getLocalPort();
    }

    @Override
    public void send(String message) throws Exception {
        connection().socket().getOutputStream().write(message.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String received() {
        return heard.take(Message.PATTERN);
    }

    @Override
    public String alert() throws Exception {
        Throwable cause = ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS).orElseThrow();
        for (Throwable each = cause; each != null; each = each.getCause()) {
            var told = ALERT.matcher(each.toString());
            if (told.find()) return told.group(1) != null ? told.group(1) : told.group(2);
        }
        throw new AssertionError("no alert received", cause);
    }

    @Override
    public Optional<String> alpn() throws Exception {
        return Optional.ofNullable(connection().socket().getApplicationProtocol())
                .filter(it -> !it.isEmpty());
    }

    /** The platform's waits for the other end's close_notify, which comes only when that end reads. */
    @Override
    public void finish() throws Exception {
        var socket = connection().socket();
        var thread = new Thread(() -> closeQuietly(socket), "opposite that finishes");
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(SSLSocket socket) {
        try {
            socket.close();
        } catch (IOException unheard) {
            // What this end has heard is what counts.
        }
    }

    @Override
    public void awaitCloseNotify() throws Exception {
        var reason = ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (reason.isPresent()) throw new AssertionError("ended otherwise", reason.get());
    }

    @Override
    public void die() throws Exception {
        connection().transport().close();
    }

    @Override
    public void close() throws IOException {
        if (listening.isPresent()) listening.get().close();
        if (connected.isDone() && !connected.isCompletedExceptionally())
            connected.join().transport().close();
    }
}
