package org.almosttls.agent.observe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.TrustManagerFactory;
import org.almosttls.agent.authority.ThrowAwayAuthority;

/** A client and a server of the platform's, both watched, that have done a handshake. */
record WatchedPair(SSLEngine client, SSLEngine server, Observation observation, List<Said> said) {

    /** Some octets that went over the wire. */
    record Said(boolean byClient, byte[] octets) {}

    static WatchedPair handshaken(Observation observation, String version) throws Exception {
        return handshaken(observation, version, UnaryOperator.identity());
    }

    /** @param made of the platform's, what is watched */
    static WatchedPair handshaken(Observation observation, String version, UnaryOperator<SSLEngine> made)
            throws Exception {
        SSLContext context = context();
        SSLEngine client = made.apply(engine(context, true, version));
        SSLEngine server = made.apply(engine(context, false, version));
        var pair = new WatchedPair(client, server, observation, new ArrayList<>());
        observation.made(pair.client);
        observation.made(pair.server);
        pair.shakeHands();
        return pair;
    }

    private static SSLEngine engine(SSLContext context, boolean client, String version) throws IOException {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(client);
        engine.setEnabledProtocols(new String[] {version});
        engine.beginHandshake();
        return engine;
    }

    static SSLContext context() throws GeneralSecurityException, IOException {
        var authority = new ThrowAwayAuthority();
        KeyPair own = ThrowAwayAuthority.newKeys();
        Certificate[] chain = {authority.forLocalhost(own), authority.certificate()};
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", own.getPrivate(), new char[0], chain);
        store.setCertificateEntry("ca", authority.certificate());
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private void shakeHands() throws IOException {
        ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
        ByteBuffer toClient = ByteBuffer.allocate(1 << 16);
        boolean moves = true;
        while (moves) moves = moves(client, toServer, server) | moves(server, toClient, client);
    }

    private boolean moves(SSLEngine from, ByteBuffer network, SSLEngine to) throws IOException {
        runTasks(from);
        int before = network.position();
        if (from.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) send(from, ByteBuffer.allocate(0), network);
        boolean moved = network.position() > before;
        network.flip();
        for (int left = 0; network.remaining() != left; runTasks(to)) {
            left = network.remaining();
            if (left > 0) receive(to, network, ByteBuffer.allocate(1 << 15));
            moved |= network.remaining() != left;
        }
        network.compact();
        return moved;
    }

    private static void runTasks(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) task.run();
    }

    void send(SSLEngine from, ByteBuffer source, ByteBuffer network) throws IOException {
        int before = network.position();
        Object entered = observation.engineEnters(from, true, network, 0, 1);
        observation.engineLeaves(entered, true, network, from.wrap(source, network), null);
        said.add(new Said(from == client, Arrays.copyOfRange(network.array(), before, network.position())));
    }

    void receive(SSLEngine to, ByteBuffer network, ByteBuffer destination) throws IOException {
        Object entered = observation.engineEnters(to, false, network, 0, 1);
        observation.engineLeaves(entered, false, network, to.unwrap(network, destination), null);
    }
}
