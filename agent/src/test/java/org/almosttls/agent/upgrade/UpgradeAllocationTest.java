package org.almosttls.agent.upgrade;

import static org.almosttls.agent.Allocated.octetsPer;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.almosttls.agent.options.UpgradeOptions;
import org.almosttls.agent.options.UpgradeOptions.Mode;
import org.almosttls.agent.report.Told;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each read and write of a connection that was upgraded takes of the heap for ourselves, without TLS: nothing. */
class UpgradeAllocationTest {

    private static final int LENGTH = 1 << 14;
    private static final int SHORT = 100;

    private final byte[] written = new byte[LENGTH];
    private final byte[] come = new byte[LENGTH];
    private final ByteBuffer source = ByteBuffer.allocate(LENGTH);
    private final ByteBuffer destination = ByteBuffer.allocate(LENGTH);
    private final UpgradedChannels upgraded = upgraded();
    private SocketChannel ours;
    private SocketChannel peer;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocketChannel listening = ServerSocketChannel.open()) {
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            ours = SocketChannel.open(listening.getLocalAddress());
            peer = listening.accept();
        }
    }

    @AfterEach
    void close() throws IOException {
        ours.close();
        peer.close();
    }

    @Test
    void aChannelTakesNothing() throws Exception {
        assertEquals(0, octetsPer(() -> {
            while (source.hasRemaining()) upgraded.write(ours, source);
            echo(LENGTH);
            for (destination.clear(); destination.hasRemaining(); ) upgraded.read(ours, destination);
            source.clear();
        }));
    }

    @Test
    void severalBuffersTakeNothing() throws Exception {
        ByteBuffer[] sources = {ByteBuffer.allocate(SHORT), ByteBuffer.allocate(SHORT)};
        ByteBuffer[] destinations = {ByteBuffer.allocate(SHORT), ByteBuffer.allocate(SHORT)};
        assertEquals(0, octetsPer(() -> {
            upgraded.write(ours, sources, 0, 2);
            echo(2 * SHORT);
            while (destinations[1].hasRemaining()) upgraded.read(ours, destinations, 0, 2);
            for (int i = 0; i < 2; i++) {
                sources[i].clear();
                destinations[i].clear();
            }
        }));
    }

    @Test
    void theStreamOfAChannelTakesNothing() throws Exception {
        written[LENGTH - 1] = 7;
        assertEquals(0, octetsPer(() -> {
            upgraded.writeBlocking(ours, written, 0, LENGTH);
            echo(LENGTH);
            for (int count = 0; count < LENGTH; )
                count += (int) upgraded.readBlocking(ours, come, count, LENGTH - count);
        }));
        assertArrayEquals(written, come);
    }

    @Test
    void filesTakeNothing(@TempDir Path folder) throws Exception {
        Path path = Files.write(folder.resolve("file"), written);
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            assertEquals(0, octetsPer(() -> {
                upgraded.transferTo(file, 0, LENGTH, ours);
                echo(LENGTH);
                upgraded.transferFrom(file, ours, 0, LENGTH);
            }));
            assertEquals(LENGTH, file.size());
        }
    }

    /** What is read in pieces waits between them, where selectors ask for it; one that waits itself is woken. */
    @Test
    void whatWaitsTakesNothing() throws Exception {
        ours.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            ours.register(selector, SelectionKey.OP_READ);
            assertEquals(0, octetsPer(() -> {
                upgraded.write(ours, source.clear().limit(2 * SHORT));
                echo(2 * SHORT);
                for (destination.clear().limit(SHORT); destination.hasRemaining(); ) upgraded.read(ours, destination);
                boolean waits = upgraded.isReady(selector);
                upgraded.select(selector, key -> {});
                for (destination.clear().limit(SHORT); destination.hasRemaining(); ) upgraded.read(ours, destination);
                if (!waits || upgraded.isReady(selector)) throw new IllegalStateException("waits: " + waits);
            }));
        }
    }

    /** Watched ones, and those that TLS is under. */
    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"OBSERVE", "STRICT"})
    void theStreamsOfASocketTakeNothing(Mode mode) throws Exception {
        try (Pair pair = Pair.open(mode)) {
            assertEquals(0, octetsPer(() -> {
                pair.out().write(written, 0, LENGTH);
                pair.echo(come);
                pair.in().readNBytes(come, 0, LENGTH);
            }));
        }
    }

    /** Without TLS the platform takes some for each. */
    @Test
    void norDoSingleOctetsThatAreTls() throws Exception {
        byte[] one = new byte[1];
        try (Pair pair = Pair.open(Mode.STRICT)) {
            assertEquals(0, octetsPer(() -> {
                pair.out().write(7);
                pair.echo(one);
                if (pair.in().read() != 7) throw new IllegalStateException();
            }));
        }
    }

    /** Nor whoever asks for it when there is nothing, and when it has come. */
    @Test
    void norDoesAskingWhetherSomethingHasCome() throws Exception {
        byte[] some = new byte[SHORT];
        try (Pair pair = Pair.open(Mode.STRICT)) {
            pair.ours().setSoTimeout(30_000);
            pair.out().write(written, 0, 1);
            assertEquals(0, octetsPer(() -> {
                if (pair.in().available() > 0) throw new IllegalStateException();
                pair.echo(come, 1);
                pair.out().write(written, 0, SHORT);
                while (pair.in().available() == 0) Thread.onSpinWait();
                if (pair.in().read(some, 0, SHORT) != 1) throw new IllegalStateException();
                pair.echo(some);
                while (pair.in().available() < SHORT) Thread.onSpinWait();
                if (pair.in().read(some, 0, SHORT) != SHORT) throw new IllegalStateException();
                pair.out().write(written, 0, 1);
            }));
        }
    }

    /** A socket that is upgraded, and what is at its other end. */
    private record Pair(Socket ours, Socket other, UpgradedSocket upgraded) implements AutoCloseable {

        static Pair open(Mode mode) throws IOException {
            var report = new PlaintextReport(new Told(System.err));
            var tls = new Tls(options(mode), PassingTls::provider);
            var decider = new Decider(mode, tls, new KnownPeers(tls, System::nanoTime), report);
            try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Socket socket = new Socket(listening.getInetAddress(), listening.getLocalPort());
                return new Pair(socket, listening.accept(), UpgradedSocket.over(socket, Role.CLIENT, decider));
            }
        }

        InputStream in() {
            return upgraded.input();
        }

        OutputStream out() {
            return upgraded.output();
        }

        void echo(byte[] room) throws IOException {
            echo(room, room.length);
        }

        void echo(byte[] room, int length) throws IOException {
            other.getInputStream().readNBytes(room, 0, length);
            other.getOutputStream().write(room, 0, length);
        }

        @Override
        public void close() throws IOException {
            ours.close();
            other.close();
        }
    }

    /** What has come to the peer, back to us. */
    private void echo(int length) throws IOException {
        destination.clear().limit(length);
        while (destination.hasRemaining()) peer.read(destination);
        for (destination.flip(); destination.hasRemaining(); ) peer.write(destination);
    }

    private static UpgradedChannels upgraded() {
        var report = new PlaintextReport(new Told(System.err));
        var tls = new Tls(options(Mode.STRICT), PassingTls::provider);
        var own = new OwnTls(new OwnPorts(report), new EngineReaders(new ReadClasses()));
        var known = new ChannelDecider.Known(new KnownPeers(tls, System::nanoTime), own);
        var decider = new ChannelDecider(Mode.STRICT, tls, known, report, true);
        return new UpgradedChannels(new Rules(List.of(), List.of()), decider, Readiness.open());
    }

    private static UpgradeOptions options(Mode mode) {
        return new UpgradeOptions(mode, List.of(), List.of(), List.of(), Optional.empty(), Optional.empty(), false);
    }
}
