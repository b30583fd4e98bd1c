package org.almosttls.ocsp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A responder on this machine that says what it is told to, and remembers what it was asked. */
public final class TestResponder implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final List<byte[]> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch free;
    private volatile byte[] answer;
    private volatile int status = 200;

    private TestResponder(byte[] answer, CountDownLatch free) {
        this.answer = answer;
        this.free = free;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::respond);
        server.setExecutor(threads);
        server.start();
    }

    public static TestResponder saying(byte[] answer) {
        return new TestResponder(answer, new CountDownLatch(0));
    }

    /** Says nothing before it is closed. */
    static TestResponder silent() {
        return new TestResponder(new byte[0], new CountDownLatch(1));
    }

    void say(byte[] other) {
        answer = other;
    }

    void status(int other) {
        status = other;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/ocsp");
    }

    List<byte[]> asked() {
        return asked;
    }

    private void respond(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestBody().readAllBytes());
        try {
            free.await();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
        exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Override
    public void close() {
        free.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
