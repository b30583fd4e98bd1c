package org.almosttls.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
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

/** An application that speaks plaintext over channels, with selectors and without, and knows of nothing else. */
public final class ChannelApp {

    private static final int BULK = 250_000;

    private ChannelApp() {}

    public static void main(String[] words) throws Exception {
        try {
            switch (words[0]) {
                case "server" -> new Echo(Integer.parseInt(words[1]), Integer.parseInt(words[2])).serve();
                case "client" -> new Patient(Integer.parseInt(words[1])).talk();
                case "blocking" -> talkBlocking(Integer.parseInt(words[1]));
                default -> throw new IllegalArgumentException(words[0]);
            }
        } catch (IOException e) {
            System.out.println(e.getClass().getSimpleName());
        }
    }

    /** Sends back what comes, and {@code bye} at its end. */
    private static final class Echo {

        private final Selector selector = Selector.open();
        private final ServerSocketChannel listening = ServerSocketChannel.open();
        private final int room;
        private int left;

        Echo(int clients, int room) throws IOException {
            this.left = clients;
            this.room = room;
        }

        void serve() throws IOException {
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            listening.configureBlocking(false);
            listening.register(selector, SelectionKey.OP_ACCEPT);
            System.out.println("port " + listening.socket().getLocalPort());
            while (left > 0) {
                selector.select();
                for (var keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
                    SelectionKey key = keys.next();
                    keys.remove();
                    onReady(key);
                }
            }
        }

        private void onReady(SelectionKey key) throws IOException {
            if (key.isAcceptable()) {
                SocketChannel client = listening.accept();
                client.configureBlocking(false);
                client.register(
                        selector,
                        SelectionKey.OP_READ,
                        ByteBuffer.allocate(room).limit(0));
                return;
            }
            try {
                echo(key, (SocketChannel) key.channel(), (ByteBuffer) key.attachment());
            } catch (IOException e) {
                System.out.println(e.getClass().getSimpleName());
                key.channel().close();
                left--;
            }
        }

        private void echo(SelectionKey key, SocketChannel client, ByteBuffer waiting) throws IOException {
            if (key.isReadable()) {
                int count = client.read(waiting.compact());
                waiting.flip();
                if (count < 0) {
                    client.write(ByteBuffer.wrap("bye\n".getBytes(StandardCharsets.US_ASCII)));
                    client.close();
                    left--;
                    return;
                }
            }
            client.write(waiting);
            key.interestOps(waiting.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        }
    }

    /** Waits for nothing but its selector. */
    private static final class Patient {

        private final Selector selector = Selector.open();
        private final SocketChannel server = SocketChannel.open();
        private final SelectionKey key;

        Patient(int port) throws IOException {
            server.configureBlocking(false);
            boolean connected = server.connect(new InetSocketAddress("localhost", port));
            key = server.register(selector, connected ? 0 : SelectionKey.OP_CONNECT);
            while (!connected) {
                await();
                connected = server.finishConnect();
            }
        }

        private void await() throws IOException {
            selector.select(key -> {});
        }

        void talk() throws IOException {
            write(ByteBuffer.wrap("one\n".getBytes(StandardCharsets.US_ASCII)));
            System.out.print(read(4));
            System.out.println(echoes());
            server.shutdownOutput();
            System.out.print(read(4));
            ByteBuffer one = ByteBuffer.allocate(1);
            key.interestOps(SelectionKey.OP_READ);
            int count = server.read(one);
            while (count == 0) {
                await();
                count = server.read(one);
            }
            System.out.println(count + " " + server.isOpen());
            server.close();
        }

        private void write(ByteBuffer bytes) throws IOException {
            key.interestOps(SelectionKey.OP_WRITE);
            while (bytes.hasRemaining()) {
                await();
                server.write(bytes);
            }
        }

        private String read(int count) throws IOException {
            ByteBuffer room = ByteBuffer.allocate(count);
            key.interestOps(SelectionKey.OP_READ);
            while (room.hasRemaining()) {
                await();
                if (server.read(room) < 0) return "end\n";
            }
            return new String(room.array(), StandardCharsets.US_ASCII);
        }

        /** Gathers what it sends and scatters what it gets, both at a time. */
        private boolean echoes() throws IOException {
            byte[] bytes = new byte[BULK];
            new Random(7).nextBytes(bytes);
            ByteBuffer[] sent = {
                ByteBuffer.wrap(bytes, 0, 3),
                ByteBuffer.wrap(bytes, 3, 70_000),
                ByteBuffer.wrap(bytes, 70_003, BULK - 70_003)
            };
            byte[] back = new byte[BULK];
            int got = 0;
            while (got < BULK) {
                boolean more = sent[2].hasRemaining();
                key.interestOps(SelectionKey.OP_READ | (more ? SelectionKey.OP_WRITE : 0));
                await();
                if (more && key.isWritable()) server.write(sent);
                int first = Math.min(5, BULK - got);
                ByteBuffer[] rooms = {
                    ByteBuffer.wrap(back, got, first),
                    ByteBuffer.wrap(back, got + first, Math.min(900, BULK - got - first))
                };
                long count = server.read(rooms);
                if (count < 0) return false;
                got += (int) count;
            }
            return Arrays.equals(bytes, back);
        }
    }

    private static void talkBlocking(int port) throws IOException {
        Path file = Files.createTempFile("sent", ".bin");
        byte[] bytes = new byte[200_000];
        new Random(8).nextBytes(bytes);
        Files.write(file, bytes);
        try (var server = SocketChannel.open(new InetSocketAddress("localhost", port));
                var source = FileChannel.open(file)) {
            server.socket().getOutputStream().write("one\n".getBytes(StandardCharsets.US_ASCII));
            var in = server.socket().getInputStream();
            System.out.print(new String(in.readNBytes(4), StandardCharsets.US_ASCII));
            server.socket().setSoTimeout(50);
            try {
                System.out.println(in.read());
            } catch (SocketTimeoutException e) {
                System.out.println("nothing");
            }
            server.socket().setSoTimeout(0);
            System.out.println(source.transferTo(0, 100_000, server));
            System.out.println(Arrays.equals(in.readNBytes(100_000), Arrays.copyOf(bytes, 100_000)));
            server.write(ByteBuffer.wrap(bytes, 100_000, 100_000));
            ByteBuffer back = ByteBuffer.allocateDirect(100_000);
            while (back.hasRemaining() && server.read(back) >= 0) Thread.onSpinWait();
            System.out.println(back.flip().equals(ByteBuffer.wrap(bytes, 100_000, 100_000)));
            server.shutdownOutput();
            System.out.print(new String(in.readNBytes(4), StandardCharsets.US_ASCII));
            System.out.println(in.read());
        } finally {
            Files.delete(file);
        }
    }
}
