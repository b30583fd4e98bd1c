package org.almosttls.agent;

import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/** An application in plaintext that does to its channels what is allowed, and seldom done. It says what it sees. */
public final class ChannelCases {

    private static final int BULK = 3_000_000;
    private static final int GREETING = 100_000;

    private ChannelCases() {}

    /** One of its deeds. */
    @FunctionalInterface
    private interface Deed {
        Object run() throws Exception;
    }

    public static void main(String[] words) throws Exception {
        int number = Integer.parseInt(words[1]);
        switch (words[0]) {
            case "sink" -> sink(number);
            case "greeter" -> greet(number);
            case "refuser" -> refuse();
            case "silent" -> stayMute();
            case "adapter" -> adapt(number);
            default -> System.out.println(words[0] + " " + result(() -> act(words[0], number)));
        }
    }

    private static Object act(String what, int port) throws Exception {
        return switch (what) {
            case "early" -> leaveEarly(port);
            case "pour" -> pour(port);
            case "half" -> sayAllAndListen(port);
            case "greeted" -> beGreeted(port);
            case "copied" -> copy(port);
            case "manners" -> behave(port);
            case "gather" -> gather(port);
            case "switch" -> changeMode(port);
            case "quiet" -> onlyListen(port);
            case "adapted" -> beAdapted(port);
            case "waits" -> leaveWhileWaiting(port);
            default -> throw new IllegalArgumentException(what);
        };
    }

    private static Object result(Deed deed) {
        try {
            return deed.run();
        } catch (Exception e) {
            return e.getClass().getSimpleName();
        }
    }

    private static ServerSocketChannel listen() throws IOException {
        var listening = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        System.out.println("port " + listening.socket().getLocalPort());
        return listening;
    }

    private static SocketChannel open(int port) throws IOException {
        return SocketChannel.open(new InetSocketAddress("localhost", port));
    }

    private static SocketChannel openPatient(int port) throws IOException {
        var server = open(port);
        server.configureBlocking(false);
        return server;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static ByteBuffer random(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    /** Counts what clients say, and answers with the count. */
    private static void sink(int clients) throws IOException {
        try (var listening = listen()) {
            for (int i = 0; i < clients; i++) {
                try (var client = listening.accept()) {
                    Object heard = result(() -> count(client));
                    // Who has gone does not hear it.
                    Object answered = result(() -> client.write(bytes("" + heard)));
                    System.out.println("heard " + heard + (answered.equals("SSLException") ? ", refused" : ""));
                }
            }
        }
    }

    private static long count(SocketChannel from) throws IOException {
        ByteBuffer room = ByteBuffer.allocate(1000);
        long all = 0;
        for (int count = from.read(room); count >= 0; count = from.read(room.clear())) all += count;
        return all;
    }

    /** Speaks first, more than is taken at once, and then waits for its selector. */
    private static void greet(int clients) throws IOException {
        Selector selector = Selector.open();
        try (var listening = listen()) {
            for (int i = 0; i < clients; i++) {
                try (var client = listening.accept()) {
                    client.configureBlocking(false);
                    SelectionKey key = client.register(selector, SelectionKey.OP_WRITE);
                    ByteBuffer greeting = random(GREETING);
                    while (greeting.hasRemaining()) {
                        selector.select(ready -> {});
                        client.write(greeting);
                    }
                    key.interestOps(SelectionKey.OP_READ);
                    ByteBuffer answer = ByteBuffer.allocate(6);
                    while (answer.hasRemaining() && client.read(answer) >= 0)
                        if (answer.hasRemaining()) selector.select(ready -> {});
                    System.out.println("heard " + new String(answer.array(), StandardCharsets.US_ASCII));
                    client.write(bytes("thanks"));
                }
            }
        }
    }

    /** Tells what became of a connection that it may not have. */
    private static void refuse() throws IOException {
        try (var listening = listen();
                var client = listening.accept()) {
            System.out.println(result(() -> client.read(ByteBuffer.allocate(9))) + " " + client.isOpen());
        }
    }

    /** By the socket of its channel, one octet at a time. */
    private static void adapt(int clients) throws IOException {
        try (var listening = listen()) {
            listening.socket().setSoTimeout(60_000);
            for (int i = 0; i < clients; i++) {
                try (var client = listening.socket().accept()) {
                    Object heard = result(() -> (char) client.getInputStream().read());
                    result(() -> {
                        client.getOutputStream().write(bytes("heard " + heard).array());
                        return "";
                    });
                }
            }
        }
    }

    private static Object beAdapted(int port) throws IOException {
        try (var server = SocketChannel.open()) {
            server.socket().connect(new InetSocketAddress("localhost", port), 60_000);
            server.socket().getOutputStream().write('x');
            return new String(server.socket().getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static void stayMute() throws IOException {
        try (var listening = listen();
                var client = listening.accept()) {
            System.out.println(count(client) >= 0);
        }
    }

    /** So that what follows finds all loaded that a first connection loads, however long that takes. */
    private static void meet(int port) throws IOException {
        try (var server = open(port)) {
            server.write(bytes("hello"));
            server.shutdownOutput();
            count(server);
        }
    }

    private static Object leaveEarly(int port) throws IOException {
        meet(port);
        try (var server = openPatient(port)) {
            return server.write(random(10_000));
        }
    }

    private static Object pour(int port) throws IOException {
        meet(port);
        try (var server = open(port)) {
            return server.write(random(BULK));
        }
    }

    private static Object sayAllAndListen(int port) throws IOException {
        meet(port);
        Selector selector = Selector.open();
        try (var server = openPatient(port)) {
            server.register(selector, SelectionKey.OP_READ);
            int sent = server.write(random(9000));
            server.shutdownOutput();
            ByteBuffer answer = ByteBuffer.allocate(100);
            while (server.read(answer) >= 0) selector.select(key -> {});
            return sent + " " + new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
        }
    }

    private static Object copy(int port) throws IOException {
        Path path = Files.createTempFile("copied", "");
        try (var server = open(port);
                var file = FileChannel.open(path, READ, WRITE, DELETE_ON_CLOSE)) {
            long count = file.transferFrom(server, 0, GREETING);
            ByteBuffer copied = ByteBuffer.allocate(GREETING);
            while (copied.hasRemaining() && file.read(copied, copied.position()) > 0) continue;
            server.write(bytes("copied"));
            return count + " " + copied.flip().equals(random(GREETING)) + " " + count(server);
        }
    }

    private static Object onlyListen(int port) throws IOException {
        try (var server = open(port)) {
            server.shutdownOutput();
            return count(server);
        }
    }

    private static Object beGreeted(int port) throws IOException {
        try (var server = open(port)) {
            server.write(bytes("answer"));
            ByteBuffer greeting = ByteBuffer.allocate(100_000);
            while (greeting.hasRemaining() && server.read(greeting) >= 0) Thread.onSpinWait();
            return greeting.flip().equals(random(100_000)) + " " + count(server);
        }
    }

    /** Of a server that sends back what it gets. */
    private static Object behave(int port) throws Exception {
        var said = new StringBuilder();
        var server = open(port);
        said.append(server.write(ByteBuffer.allocate(0)));
        var in = server.socket().getInputStream();
        server.write(bytes("12345"));
        said.append(server.read(ByteBuffer.allocate(0)));
        said.append((char) in.read());
        while (in.available() < 4) Thread.onSpinWait();
        said.append(' ').append(in.available());
        said.append(' ').append(new String(in.readNBytes(4), StandardCharsets.US_ASCII));
        said.append(' ').append(in.available());
        said.append(' ').append(result(() -> server.read(bytes("x").asReadOnlyBuffer())));
        server.configureBlocking(false);
        said.append(' ').append(server.read(ByteBuffer.allocate(9)));
        said.append(' ').append(result(() -> server.socket().getInputStream().read()));
        said.append(' ').append(result(() -> {
            server.socket().getOutputStream().write(1);
            return "";
        }));
        server.configureBlocking(true);
        said.append(' ').append(interrupted(server)).append(' ').append(server.isOpen());
        said.append(' ').append(result(() -> server.read(ByteBuffer.allocate(9))));
        said.append(' ').append(result(() -> server.write(bytes("x"))));
        return said;
    }

    private static Object interrupted(SocketChannel server) throws InterruptedException {
        Object[] seen = new Object[1];
        var reader = new Thread(() -> seen[0] = result(() -> server.read(ByteBuffer.allocate(9))));
        reader.start();
        reader.interrupt();
        reader.join();
        return seen[0];
    }

    /** Thousands of buffers, many of them empty, while another selector wants to write. */
    private static Object gather(int port) throws IOException {
        ByteBuffer all = random(601_000);
        ByteBuffer[] pieces = new ByteBuffer[3000];
        for (int i = 0; i < pieces.length; i++)
            pieces[i] = i % 3 == 0 ? ByteBuffer.allocate(0) : all.slice(i / 3 * 600 + i % 3 * 200, i % 3 * 200);
        ByteBuffer expected = ByteBuffer.allocate(600_000);
        for (ByteBuffer piece : pieces) expected.put(piece.duplicate());
        byte[] back = new byte[expected.flip().remaining()];
        try (var toRead = Selector.open();
                var toWrite = Selector.open();
                var server = openPatient(port)) {
            server.register(toRead, SelectionKey.OP_READ);
            SelectionKey writing = server.register(toWrite, SelectionKey.OP_WRITE);
            for (int got = 0, from = 0; got < back.length; ) {
                toWrite.selectNow(key -> {});
                if (from < pieces.length) server.write(pieces, from, Math.min(900, pieces.length - from));
                while (from < pieces.length && !pieces[from].hasRemaining()) from++;
                writing.interestOps(from < pieces.length ? SelectionKey.OP_WRITE : 0);
                if (from == pieces.length) toRead.select(key -> {});
                int count = server.read(ByteBuffer.wrap(back, got, Math.min(777, back.length - got)));
                if (count < 0) return "end at " + got;
                got += count;
            }
            return Arrays.equals(back, expected.array());
        }
    }

    private static Object changeMode(int port) throws IOException {
        try (var server = openPatient(port)) {
            ByteBuffer all = random(50_000);
            int first = server.write(all);
            server.configureBlocking(true);
            while (all.hasRemaining()) server.write(all);
            ByteBuffer back = ByteBuffer.allocate(50_000);
            while (back.hasRemaining() && server.read(back) >= 0) Thread.onSpinWait();
            return (first > 0) + " " + back.flip().equals(all.flip());
        }
    }

    /** A server that says nothing is waited for by a reader, until another thread closes. */
    private static Object leaveWhileWaiting(int port) throws Exception {
        var server = open(port);
        var begun = new CountDownLatch(1);
        Object[] seen = new Object[1];
        var reader = new Thread(() -> {
            begun.countDown();
            seen[0] = result(() -> server.read(ByteBuffer.allocate(9)));
        });
        reader.start();
        begun.await();
        server.close();
        reader.join();
        return seen[0].toString().startsWith("AsynchronousClose")
                || seen[0].toString().startsWith("ClosedChannel");
    }
}
