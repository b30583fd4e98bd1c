package sample.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Between a client and a server: passes on what either sends, in pieces of random length, and keeps a copy. */
public final class Wiretap implements AutoCloseable {

    private final ServerSocket listening;
    private volatile int target;
    private final Random random;
    private volatile ByteArrayOutputStream copy = new ByteArrayOutputStream();

    /** Before what listens at this port of the same machine. */
    public Wiretap(int target, long seed) throws IOException {
        this.target = target;
        this.random = new Random(seed);
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** What a client is told instead. */
    public int port() {
        return listening.getLocalPort();
    }

    /** Before another from the next connection on; what was heard is forgotten. */
    public void moveTo(int another) {
        target = another;
        copy = new ByteArrayOutputStream();
    }

    /** Whether the words have gone by as they are. */
    public boolean has(String words) {
        ByteArrayOutputStream heard = copy;
        synchronized (heard) {
            return heard.toString(StandardCharsets.ISO_8859_1).contains(words);
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listening.accept();
            start(() -> join(client));
        }
    }

    private void join(Socket client) throws IOException {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            ByteArrayOutputStream heard = copy;
            start(() -> pass(client, server, heard));
            start(() -> pass(server, client, heard));
        } catch (IOException nobody) {
            client.close();
        }
    }

    private void pass(Socket from, Socket to, ByteArrayOutputStream heard) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        to.setTcpNoDelay(true);
        byte[] room = new byte[16_384];
        for (int count = in.read(room); count >= 0; count = in.read(room)) {
            synchronized (heard) {
                heard.write(room, 0, count);
            }
            passInPieces(room, count, out);
        }
        to.shutdownOutput();
    }

    private void passInPieces(byte[] bytes, int count, OutputStream out) throws IOException {
        for (int from = 0; from < count; ) {
            int most = count > 2000 ? 4000 : 40;
            int piece;
            synchronized (random) {
                piece = Math.min(count - from, 1 + random.nextInt(most));
            }
            out.write(bytes, from, piece);
            from += piece;
        }
    }

    /** Work that ends where a socket does. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException over) {
                // As it ends.
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
