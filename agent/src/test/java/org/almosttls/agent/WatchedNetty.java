package org.almosttls.agent;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;

/** Two engines of Netty's OpenSSL and what goes between them; the one who trusts nobody, if it is asked for. */
public final class WatchedNetty {

    private static final int ROUNDS = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private WatchedNetty() {}

    /** @param arguments the folder of stores, the name of the client's trust store, and where both lines are awaited */
    public static void main(String[] arguments) throws Exception {
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store(arguments[0], "server-ec.p12"), WatchedApp.PASSWORD);
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store(arguments[0], arguments[1]));
        var server = engine(SslContextBuilder.forServer(keys), 0);
        var client = engine(SslContextBuilder.forClient().trustManager(trust), 4433);
        var toServer = ByteBuffer.allocateDirect(1 << 17);
        var toClient = ByteBuffer.allocateDirect(1 << 17);
        var ping = ByteBuffer.wrap(new byte[4]);
        var pong = ByteBuffer.wrap(new byte[4]);
        boolean good = true;
        for (int i = 0; i < ROUNDS; i++) {
            good &= turn(client, ping, toServer, toClient);
            good &= turn(server, pong, toClient, toServer);
            if (i == ROUNDS / 2) client.closeOutbound();
            if (i == ROUNDS / 2) server.closeOutbound();
        }
        System.out.println("good=" + good);
        await(Path.of(arguments[2]));
    }

    /** What is said in the last moment may be lost where the machine has much else to do. */
    private static void await(Path log) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (Files.exists(log) && Files.readAllLines(log).size() < 2 && System.nanoTime() < end) Thread.yield();
    }

    private static KeyStore store(String folder, String name) throws Exception {
        return KeyStore.getInstance(new File(folder, name), WatchedApp.PASSWORD);
    }

    private static SSLEngine engine(SslContextBuilder builder, int port) throws Exception {
        SslContext context = builder.sslProvider(SslProvider.OPENSSL)
                .endpointIdentificationAlgorithm(null)
                .build();
        return port == 0
                ? context.newEngine(UnpooledByteBufAllocator.DEFAULT)
                : context.newEngine(UnpooledByteBufAllocator.DEFAULT, "localhost", port);
    }

    private static boolean turn(SSLEngine engine, ByteBuffer said, ByteBuffer to, ByteBuffer from) {
        var heard = ByteBuffer.allocate(1 << 15);
        try {
            engine.wrap(said, to);
            from.flip();
            if (from.hasRemaining()) engine.unwrap(from, heard);
            from.compact();
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) task.run();
            return true;
        } catch (javax.net.ssl.SSLException e) {
            from.clear();
            return false;
        }
    }
}
