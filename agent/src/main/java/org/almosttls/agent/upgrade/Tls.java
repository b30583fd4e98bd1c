package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.almosttls.agent.options.UpgradeOptions;

/** TLS over the application's sockets, by our provider's context with the stores of the options. */
final class Tls {

    private final UpgradeOptions options;
    private final Supplier<Provider> ours;
    private Optional<SSLContext> context = Optional.empty();

    /** @param ours asked at the first connection that is to become TLS, not before */
    Tls(UpgradeOptions options, Supplier<Provider> ours) {
        this.options = options;
        this.ours = ours;
    }

    /** Whether this end can be a server. */
    boolean hasKeys() {
        return options.keys().isPresent();
    }

    /** Reads the stores and loads what TLS needs, which takes a while at the first time. */
    void prepare() throws GeneralSecurityException, IOException {
        context();
    }

    /** Why there is no TLS with whomever, if that is so. */
    Optional<Exception> unusable() {
        try {
            prepare();
            return Optional.empty();
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            return Optional.of(e);
        }
    }

    SSLSocket client(Socket raw, InetSocketAddress peer) throws GeneralSecurityException, IOException {
        requireHere(peer.getAddress());
        SSLSocket socket =
                (SSLSocket) context().getSocketFactory().createSocket(raw, peer.getHostString(), peer.getPort(), true);
        if (options.peers().isEmpty()) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
        }
        return socket;
    }

    SSLSocket server(Socket raw) throws GeneralSecurityException, IOException {
        requireServer();
        requireHere(raw.getInetAddress());
        SSLSocket socket = (SSLSocket) context().getSocketFactory().createSocket(raw, null, true);
        if (options.insists()) socket.setNeedClientAuth(true);
        else if (asksClients()) socket.setWantClientAuth(true);
        return socket;
    }

    /** AlmostTLSv1 has no certificates of clients: who does not insist on one goes without, who does is not served by it. */
    private void requireServer() throws GeneralSecurityException {
        if (!hasKeys()) throw new GeneralSecurityException("a server needs upgrade.keystore");
        if (!options.textbook() || !options.insists()) return;
        String word = options.peers().isEmpty() ? "upgrade.truststore" : "upgrade.peers";
        throw new GeneralSecurityException("a strict server with " + word
                + " insists on a client's certificate, which upgrade.protocol=AlmostTLSv1 does not have");
    }

    /** By where it is, whatever it is called, and whatever {@code textbook.remote} says: that is of the application's own TLS. */
    private void requireHere(InetAddress peer) throws GeneralSecurityException {
        if (!options.textbook() || peer != null && peer.isLoopbackAddress()) return;
        throw new GeneralSecurityException("upgrade.protocol=AlmostTLSv1 is spoken on this machine only, and "
                + (peer == null ? "nobody knows where the peer is" : peer.getHostAddress() + " is another"));
    }

    private boolean asksClients() {
        return options.asksClients() && !options.textbook();
    }

    /** For a channel. It is told its peer's address, since it knows of no socket. */
    SSLEngine engine(Connection connection) throws GeneralSecurityException, IOException {
        boolean client = connection.role() == Role.CLIENT;
        if (!client) requireServer();
        InetSocketAddress peer = connection.peer();
        requireHere(peer.getAddress());
        String host = client ? peer.getHostString() : peer.getAddress().getHostAddress();
        SSLContext known = context();
        SSLEngine engine = Aside.run(() -> known.createSSLEngine(host, peer.getPort()));
        engine.setUseClientMode(client);
        if (client && options.peers().isEmpty()) {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            engine.setSSLParameters(parameters);
        }
        if (!client && options.insists()) engine.setNeedClientAuth(true);
        else if (!client && asksClients()) engine.setWantClientAuth(true);
        return engine;
    }

    /** One that failed is tried again at the next connection: its files may be there by then. */
    private synchronized SSLContext context() throws GeneralSecurityException, IOException {
        if (context.isEmpty()) context = Optional.of(Aside.run(this::newContext));
        return context.get();
    }

    private SSLContext newContext() throws GeneralSecurityException {
        String protocol = options.textbook() ? "AlmostTLS" : "TLS";
        SSLContext made = SSLContext.getInstance(protocol, ours.get());
        var stores = new Stores(options);
        KeyManager[] keys = options.keys().isPresent() ? stores.keys() : new KeyManager[0];
        TrustManager[] trust = stores.trust();
        made.init(keys, trust, new SecureRandom());
        return made;
    }
}
