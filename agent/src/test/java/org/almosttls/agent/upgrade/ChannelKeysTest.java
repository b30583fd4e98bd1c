package org.almosttls.agent.upgrade;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.agent.authority.ThrowAwayAuthority;
import org.almosttls.event.Direction;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.KeysChanged;
import org.almosttls.event.TlsEventListener;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8446 §4.6.3: a peer changes its keys amid what it sends, and asks for the same, while a channel is read and written. */
class ChannelKeysTest {

    private static final int ALL = 400_000;
    private static final int PIECE = 10_000;
    private static final int UPDATES = ALL / PIECE;

    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger received = new AtomicInteger();

    private final TlsEventListener listener = new TlsEventListener() {
        @Override
        public boolean wants(Kind kind) {
            return kind == Kind.HANDSHAKE;
        }

        @Override
        public void on(Moment moment, TlsEvent event) {
            if (event instanceof KeysChanged changed)
                (changed.direction() == Direction.SENT ? sent : received).incrementAndGet();
        }
    };

    private static KeyStore store() throws Exception {
        var authority = new ThrowAwayAuthority();
        KeyPair own = ThrowAwayAuthority.newKeys();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", own.getPrivate(), new char[0], new Certificate[] {
            authority.forLocalhost(own), authority.certificate()
        });
        store.setCertificateEntry("ca", authority.certificate());
        return store;
    }

    private static SSLContext platforms(KeyStore store) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLSv1.3", "SunJSSE");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private SSLEngine engine(KeyStore store) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS", new AlmostTlsProvider(() -> listener));
        context.init(null, trust.getTrustManagers(), null);
        SSLEngine engine = context.createSSLEngine("localhost", 1);
        engine.setUseClientMode(true);
        return engine;
    }

    /** Sends back each piece with new keys; if it is slow, when it has got them all. */
    private static void echo(ServerSocket listening, boolean slow) {
        try (SSLSocket socket = (SSLSocket) listening.accept()) {
            byte[] all = new byte[ALL];
            for (int at = 0; at < ALL; at += PIECE) {
                socket.getInputStream().readNBytes(all, at, PIECE);
                if (slow) continue;
                socket.startHandshake();
                socket.getOutputStream().write(all, at, PIECE);
            }
            for (int at = 0; slow && at < ALL; at += PIECE) {
                socket.startHandshake();
                socket.getOutputStream().write(all, at, PIECE);
            }
            socket.getInputStream().read();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingIsLostAndTheChannelChangesItsKeysToo(boolean slow) throws Exception {
        KeyStore store = store();
        byte[] bytes = new byte[ALL];
        new Random(9).nextBytes(bytes);
        ByteBuffer back = ByteBuffer.allocate(ALL);
        try (ServerSocket listening = platforms(store)
                        .getServerSocketFactory()
                        .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SocketChannel channel = SocketChannel.open(listening.getLocalSocketAddress())) {
            channel.configureBlocking(false);
            var network = new ChannelNetwork(channel);
            SSLEngine engine = engine(store);
            var secure = new SecureChannel(engine, new byte[0]);
            CompletableFuture<Void> echoed = CompletableFuture.runAsync(() -> echo(listening, slow));
            for (ByteBuffer source = ByteBuffer.wrap(bytes); back.hasRemaining(); ) {
                secure.write(network, source);
                if (secure.read(network, back) < 0) throw new IOException("end at " + back.position());
            }
            // Beside those of the handshake.
            assertEquals(UPDATES + 2, received.get());
            assertTrue(sent.get() > 2, sent::toString);
            // What its reading has provoked has gone out.
            assertEquals(HandshakeStatus.NOT_HANDSHAKING, engine.getHandshakeStatus());
            secure.close(network);
            echoed.get();
        }
        assertArrayEquals(bytes, back.array());
    }
}
