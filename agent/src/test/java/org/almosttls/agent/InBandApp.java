package org.almosttls.agent;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * An application that begins in plaintext and asks for TLS of its own, in the words of some protocol, with the default stores. Its
 * server may be a proxy, of which what is behind the tunnel is another.
 */
public final class InBandApp {

    private static final String SSL_REQUEST = "0000000804d2162f";
    private static final String GSSENC_REQUEST = "0000000804d21630";
    private static final String START_TLS = "301d02010177188016312e332e362e312e342e312e313436362e3230303337";
    private static final String STARTED = "300c02010178070a010004000400";

    private InBandApp() {}

    public static void main(String[] words) throws Exception {
        if (words[0].equals("server")) {
            serve(words);
            return;
        }
        for (int i = 2; i < words.length; i++) {
            try {
                System.out.println(words[i] + " " + ask(words[i], Integer.parseInt(words[1])));
            } catch (IOException e) {
                System.out.println(words[i] + " " + e.getClass().getSimpleName());
            } catch (ExecutionException e) {
                System.out.println(words[i] + " " + e.getCause().getClass().getSimpleName());
            }
        }
    }

    /** One client for each word. */
    private static void serve(String... words) throws Exception {
        try (var listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            System.out.println("port " + listening.getLocalPort());
            for (int i = 1; i < words.length; i++) {
                try (var client = listening.accept()) {
                    answer(words[i], client);
                } catch (IOException e) {
                    System.out.println(words[i] + " " + e.getClass().getSimpleName());
                }
            }
        }
    }

    private static void answer(String kind, Socket client) throws Exception {
        if (!goesOn(kind, client)) return;
        Socket talk = kind.equals("tunnel") ? client : secure(client, false);
        say(talk, "you said " + line(talk));
        line(talk);
    }

    /** Whether this is what the client wants, and it is told so. */
    private static boolean goesOn(String kind, Socket client) throws IOException {
        switch (kind) {
            case "mail" -> {
                say(client, "220 ready");
                if (!line(client).equals("STARTTLS")) return false;
                say(client, "220 go ahead");
            }
            case "database" -> {
                if (!hears(client, GSSENC_REQUEST)) return false;
                send(client, "4e");
                if (!hears(client, SSL_REQUEST)) return false;
                send(client, "53");
            }
            case "directory" -> {
                if (!hears(client, START_TLS)) return false;
                send(client, STARTED);
            }
            default -> {
                if (!line(client).startsWith("CONNECT ")) return false;
                line(client);
                say(client, "HTTP/1.1 200 OK\r\n\r");
            }
        }
        return true;
    }

    private static String ask(String kind, int port) throws Exception {
        if (kind.startsWith("channel-")) {
            var channel = SocketChannel.open(new InetSocketAddress("localhost", port));
            return ask(kind.substring("channel-".length()), channel.socket());
        }
        return ask(kind, new Socket("localhost", port));
    }

    private static String ask(String kind, Socket server) throws Exception {
        try (server) {
            asks(kind, server);
            Socket talk = kind.equals("tunnel") ? server : secure(server, true);
            say(talk, "one");
            String heard = line(talk);
            talk.close();
            return heard;
        }
    }

    private static void asks(String kind, Socket server) throws Exception {
        switch (kind) {
            case "mail" -> {
                line(server);
                say(server, "STARTTLS");
                line(server);
            }
            case "database" -> {
                send(server, GSSENC_REQUEST);
                server.getInputStream().readNBytes(1);
                send(server, SSL_REQUEST);
                server.getInputStream().readNBytes(1);
            }
            case "directory" -> {
                var answer = new FutureTask<>(() -> server.getInputStream().readNBytes(STARTED.length() / 2));
                startToRead(server, answer);
                send(server, START_TLS);
                answer.get();
            }
            default -> {
                say(server, "CONNECT behind.example:443 HTTP/1.1\r\n\r");
                line(server);
                line(server);
            }
        }
    }

    /** As the platform's client of LDAP does, of which a thread reads before another has said a word. */
    private static void startToRead(Socket server, Runnable reading) throws IOException {
        server.getInputStream();
        var thread = new Thread(reading);
        thread.start();
        while (thread.isAlive()
                && Stream.of(thread.getStackTrace())
                        .noneMatch(frame -> frame.getMethodName().equals("read"))) Thread.onSpinWait();
    }

    private static SSLSocket secure(Socket socket, boolean client) throws Exception {
        var factory = SSLContext.getDefault().getSocketFactory();
        var secure = (SSLSocket) factory.createSocket(socket, "localhost", socket.getPort(), true);
        secure.setUseClientMode(client);
        return secure;
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void send(Socket socket, String hex) throws IOException {
        socket.getOutputStream().write(HexFormat.of().parseHex(hex));
    }

    private static boolean hears(Socket socket, String hex) throws IOException {
        byte[] heard = socket.getInputStream().readNBytes(hex.length() / 2);
        return HexFormat.of().formatHex(heard).equals(hex);
    }

    /** Octet by octet: what is behind it is not ours to read. */
    private static String line(Socket socket) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int octet = socket.getInputStream().read();
                octet >= 0 && octet != '\n';
                octet = socket.getInputStream().read()) line.write(octet);
        return line.toString(StandardCharsets.US_ASCII).strip();
    }
}
