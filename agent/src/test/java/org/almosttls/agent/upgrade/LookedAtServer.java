package org.almosttls.agent.upgrade;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.almosttls.agent.options.UpgradeOptions;
import org.almosttls.agent.options.UpgradeOptions.Mode;
import org.almosttls.agent.options.UpgradeOptions.StoreFile;
import org.almosttls.agent.report.Told;
import org.almosttls.agent.upgrade.ChannelDecider.Known;

/** A server over channels of which all reads and writes go by us, as advice has them go, and nothing is encrypted. */
final class LookedAtServer implements AutoCloseable {

    private static final int HEADER = 5;
    private static final int BODY = 200;

    private final ServerSocketChannel listening = ServerSocketChannel.open();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final UpgradedChannels channels;
    private final SeenEngines seen;
    private final List<SocketChannel> open = new ArrayList<>();
    private final List<SSLEngine> engines = new ArrayList<>();
    private byte hellos;

    LookedAtServer(Mode mode, Path folder) throws Exception {
        this(mode, folder, true);
    }

    /** @param able whether channels can be upgraded */
    LookedAtServer(Mode mode, Path folder, boolean able) throws Exception {
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        var report = new PlaintextReport(new Told(new PrintStream(said, true)));
        var tls = new Tls(options(mode, emptyStore(folder)), PassingTls::provider);
        var classes = new ReadClasses();
        var own = new OwnTls(new OwnPorts(report), new EngineReaders(classes));
        var decider =
                new ChannelDecider(mode, tls, new Known(new KnownPeers(tls, System::nanoTime), own), report, able);
        channels = new UpgradedChannels(new Rules(List.of(), List.of()), decider, Readiness.open());
        seen = new SeenEngines(channels, own, classes);
    }

    static StoreFile emptyStore(Path folder) throws Exception {
        Path file = folder.resolve("empty.p12");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (var out = Files.newOutputStream(file)) {
            store.store(out, "password".toCharArray());
        }
        return new StoreFile(file.toString(), Optional.of("password"), Optional.empty());
    }

    private static UpgradeOptions options(Mode mode, StoreFile keys) {
        return new UpgradeOptions(mode, List.of(), List.of(), List.of(), Optional.of(keys), Optional.empty(), false);
    }

    UpgradedChannels channels() {
        return channels;
    }

    SeenEngines seen() {
        return seen;
    }

    /** In the thread that calls; it keeps it. */
    void makes(SSLEngine engine) {
        makes(engine, null, 0);
    }

    /** The same, with the address of its peer. */
    void makes(SSLEngine engine, String host, int port) {
        engines.add(engine);
        seen.made(engine, host, port);
    }

    /** Of a client that is in the same process. */
    SocketChannel connect() throws IOException {
        SocketChannel client = SocketChannel.open(listening.getLocalAddress());
        open.add(client);
        return client;
    }

    int port() {
        return listening.socket().getLocalPort();
    }

    List<String> told() {
        return said.toString().lines().toList();
    }

    /** Takes up the connection of a client, in the thread that calls. */
    Client accept() throws IOException {
        SocketChannel peer = SocketChannel.open(listening.getLocalAddress());
        SocketChannel channel = listening.accept();
        open.addAll(List.of(peer, channel));
        channel.configureBlocking(false);
        channels.accepted(channel);
        return new Client(peer, channel);
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel each : open) each.close();
        listening.close();
    }

    /** A client, and what its server does for it. */
    final class Client {

        private final SocketChannel peer;
        private final SocketChannel channel;

        Client(SocketChannel peer, SocketChannel channel) {
            this.peer = peer;
            this.channel = channel;
        }

        int port() throws IOException {
            return ((InetSocketAddress) peer.getLocalAddress()).getPort();
        }

        /** Of which no more comes than its beginning. */
        void saysSomeOfAHello() throws IOException {
            peer.write(ByteBuffer.wrap(hello(), 0, HEADER + 1));
        }

        /** One that nobody else has. */
        byte[] saysHello() throws IOException {
            byte[] hello = hello();
            peer.write(ByteBuffer.wrap(hello));
            return hello;
        }

        private byte[] hello() {
            byte[] hello = new byte[HEADER + BODY];
            ByteBuffer.wrap(hello)
                    .put(new byte[] {22, 3, 1, 0, (byte) BODY, 1, 0, 0, (byte) (BODY - 4), 3, 3, ++hellos});
            return hello;
        }

        /** Whether the server, which reads, does not get the ClientHello that has come. */
        boolean isUpgraded() throws IOException {
            return read() == 0;
        }

        /** How many octets it reads. */
        long read() throws IOException {
            try (Selector selector = Selector.open()) {
                channel.register(selector, SelectionKey.OP_READ);
                selector.select();
            }
            return channels.read(channel, ByteBuffer.allocate(HEADER + BODY));
        }

        /** To a server that reads it. */
        void says(byte[] octets) throws IOException {
            peer.write(ByteBuffer.wrap(octets));
            read();
        }

        /** Of its server: so many octets, or that it is in plaintext. */
        long hears(byte[] octets) throws IOException {
            return channels.write(channel, ByteBuffer.wrap(octets));
        }

        /** Its server waits for it in a thread of its own. */
        Thread isAwaited() throws IOException {
            channel.configureBlocking(true);
            Thread reader = new Thread(() -> {
                try {
                    channels.read(channel, ByteBuffer.allocate(HEADER + BODY));
                } catch (IOException closed) {
                    return;
                }
            });
            reader.start();
            while (Arrays.stream(reader.getStackTrace())
                    .noneMatch(frame -> frame.getMethodName().equals("lookAtClient"))) Thread.onSpinWait();
            return reader;
        }

        /** What has come of the network, as it came. */
        byte[] network(int length) throws IOException {
            return peer.socket().getInputStream().readNBytes(length);
        }

        boolean isOpen() {
            return channel.isOpen();
        }

        /** The server closes. */
        void isLeft() throws IOException {
            channels.closing(channel);
            channel.close();
        }
    }
}
