package org.almosttls.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An application that speaks plaintext over blocking sockets and knows of nothing else. */
public final class PlainApp {

    private static final int BULK = 300_000;

    private PlainApp() {}

    public static void main(String[] words) throws Exception {
        switch (words[0]) {
            case "server" -> serve(Integer.parseInt(words[1]), false);
            case "greeter" -> serve(Integer.parseInt(words[1]), true);
            case "client" -> {
                for (var server : List.of(words).subList(1, words.length)) said(() -> talk(server));
            }
            case "patient" -> said(() -> askBeforeReading(Integer.parseInt(words[1])));
            case "redis" -> said(() -> askRedis(Integer.parseInt(words[1])));
            case "manners" -> said(() -> behave(Integer.parseInt(words[1])));
            case "forget" -> said(() -> forget(Integer.parseInt(words[1])));
            case "pair" -> said(() -> talkToMyself(0, 1));
            case "pairAt" -> said(() -> talkToMyself(Integer.parseInt(words[1]), Integer.parseInt(words[2])));
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    /** Something that talks over the network. */
    @FunctionalInterface
    private interface Talk {
        void run() throws Exception;
    }

    private static void said(Talk talk) throws Exception {
        try {
            talk.run();
        } catch (IOException e) {
            System.out.println(e.getClass().getSimpleName());
            Traces.print("client", e);
        }
    }

    private static void serve(int clients, boolean greets) throws IOException {
        try (var listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            System.out.println("port " + listening.getLocalPort());
            serve(listening, clients, greets);
        }
    }

    /** One client after another. */
    static void serve(ServerSocket listening, int clients, boolean greets) throws IOException {
        for (int i = 0; i < clients; i++) serveOne(listening, greets);
    }

    private static void serveOne(ServerSocket listening, boolean greets) throws IOException {
        try (var client = listening.accept()) {
            if (greets) say(client, "welcome");
            var in = reader(client);
            for (var line = in.readLine(); line != null; line = in.readLine())
                say(client, line.equals("bulk") ? "x".repeat(BULK) : "you said " + line);
            say(client, "bye");
        } catch (IOException e) {
            System.out.println(e.getClass().getSimpleName());
            Traces.print("server", e);
        }
    }

    /** @param place its port, or its host and port */
    private static void talk(String place) throws IOException {
        int colon = place.indexOf(':');
        var host = colon < 0 ? "localhost" : place.substring(0, colon);
        try (var server = new Socket(host, Integer.parseInt(place.substring(colon + 1)))) {
            say(server, "one");
            var in = reader(server);
            System.out.println(in.readLine());
            say(server, "bulk");
            System.out.println(in.readLine().length());
            server.shutdownOutput();
            System.out.println(in.readLine());
            System.out.println(in.readLine());
        }
    }

    /** Never waits in a read, and never says anything first. */
    private static void askBeforeReading(int port) throws IOException {
        try (var server = new Socket("localhost", port)) {
            var in = server.getInputStream();
            while (in.available() < 8) Thread.onSpinWait();
            byte[] welcome = new byte[100];
            System.out.println(new String(welcome, 0, in.read(welcome), StandardCharsets.US_ASCII).strip());
        }
    }

    private static void askRedis(int port) throws IOException {
        try (var server = new Socket("localhost", port)) {
            var in = reader(server);
            for (var command : List.of("PING", "SET key value", "GET key")) {
                say(server, command);
                System.out.println(in.readLine());
            }
            System.out.println(in.readLine());
        }
    }

    /** What sockets do beside reading and writing. */
    private static void behave(int port) throws Exception {
        var server = new Socket("localhost", port);
        var in = server.getInputStream();
        var out = server.getOutputStream();
        System.out.println(in == server.getInputStream() && out == server.getOutputStream());
        out.write(new byte[0]);
        System.out.println(in.read(new byte[0]));
        System.out.println(in.available());
        out.write("a\n".getBytes(StandardCharsets.US_ASCII));
        while (in.available() < 11) Thread.onSpinWait();
        System.out.println(new String(in.readNBytes(11), StandardCharsets.US_ASCII).strip());
        server.setSoTimeout(50);
        System.out.println(timesOut(in) + " " + server.getSoTimeout());
        server.setSoTimeout(0);
        readWhileAnotherWrites(server);
        server.shutdownOutput();
        System.out.println(server.isOutputShutdown() + " " + server.isInputShutdown() + " " + server.isClosed());
        System.out.println(fails(() -> out.write(1)));
        System.out.println(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip());
        server.close();
        System.out.println(server.isClosed() + " " + fails(in::read) + " " + fails(() -> out.write(1)) + " "
                + fails(server::getInputStream));
    }

    private static boolean timesOut(InputStream in) throws IOException {
        try {
            return in.read() < -1;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }

    private static void readWhileAnotherWrites(Socket server) throws Exception {
        int lines = 2000;
        var writer = new Thread(() -> {
            try {
                for (int i = 0; i < lines; i++) say(server, "line " + i);
            } catch (IOException e) {
                System.out.println(e);
            }
        });
        writer.start();
        int right = 0;
        var in = server.getInputStream();
        for (int i = 0; i < lines; i++) {
            var expected = ("you said line " + i + "\n").getBytes(StandardCharsets.US_ASCII);
            if (Arrays.equals(in.readNBytes(expected.length), expected)) right++;
        }
        writer.join();
        System.out.println(right);
    }

    /** Something that may fail as sockets do. */
    @FunctionalInterface
    private interface Deed {
        void run() throws IOException;
    }

    private static boolean fails(Deed deed) throws IOException {
        try {
            deed.run();
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    /** Connections that nobody knows of any more are gone, closed or not. */
    private static void forget(int port) throws Exception {
        List<WeakReference<Socket>> forgotten = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            var server = new Socket("localhost", port);
            say(server, "one");
            server.getInputStream().readNBytes(13);
            if (i < 4) server.close();
            forgotten.add(new WeakReference<>(server));
        }
        while (forgotten.stream().anyMatch(socket -> socket.get() != null)) System.gc();
        System.out.println("forgotten");
    }

    /** Both ends in one process. */
    private static void talkToMyself(int port, int clients) throws Exception {
        try (var listening = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
            var server = new Thread(() -> {
                try {
                    serve(listening, clients, false);
                } catch (IOException e) {
                    System.out.println(e);
                }
            });
            server.start();
            talk(Integer.toString(listening.getLocalPort()));
            server.join();
        }
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }
}
