package org.almosttls.agent.observe;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.almosttls.event.Endpoint;
import org.almosttls.event.TlsEvent.Allowed;
import org.almosttls.registry.Role;

/** What engine and socket have in common, as far as it can be asked without anything happening. */
interface Surface {

    /** Of one of the two. */
    static Surface of(Object engineOrSocket) {
        return engineOrSocket instanceof SSLEngine engine
                ? new OfEngine(engine)
                : new OfSocket((SSLSocket) engineOrSocket);
    }

    boolean isClient();

    Optional<Endpoint> local();

    Optional<Endpoint> peer();

    /** Whether a server asks who the client is. */
    boolean asksClient();

    Allowed allowed();

    /** Of a handshake that is done. */
    SSLSession session();

    /** ALPN, of a handshake that is done. */
    Optional<String> applicationProtocol();

    default Role role() {
        return isClient() ? Role.CLIENT : Role.SERVER;
    }

    /**
     * What is asked before there is anything to tell.
     *
     * @param allowed of a server; what a client may agree to it says itself
     */
    record Answers(Role role, Optional<Allowed> allowed) {

        static Answers of(Surface asked) {
            Role role = asked.role();
            return new Answers(role, role == Role.SERVER ? Optional.of(asked.allowed()) : Optional.empty());
        }
    }

    /** An engine. */
    record OfEngine(SSLEngine engine) implements Surface {

        @Override
        public boolean isClient() {
            return engine.getUseClientMode();
        }

        @Override
        public Optional<Endpoint> local() {
            return Optional.empty();
        }

        @Override
        public Optional<Endpoint> peer() {
            String host = engine.getPeerHost();
            return host == null || host.isEmpty() || engine.getPeerPort() < 0
                    ? Optional.empty()
                    : Optional.of(new Endpoint(host, engine.getPeerPort()));
        }

        @Override
        public boolean asksClient() {
            return engine.getNeedClientAuth() || engine.getWantClientAuth();
        }

        @Override
        public Allowed allowed() {
            return Asked.allowed(engine::getSSLParameters);
        }

        @Override
        public SSLSession session() {
            return engine.getSession();
        }

        @Override
        public Optional<String> applicationProtocol() {
            return Asked.protocol(engine::getApplicationProtocol);
        }
    }

    /** A socket. */
    record OfSocket(SSLSocket socket) implements Surface {

        @Override
        public boolean isClient() {
            return socket.getUseClientMode();
        }

        @Override
        public Optional<Endpoint> local() {
            return Asked.endpoint(socket.getLocalSocketAddress());
        }

        @Override
        public Optional<Endpoint> peer() {
            return Asked.endpoint(socket.getRemoteSocketAddress());
        }

        @Override
        public boolean asksClient() {
            return socket.getNeedClientAuth() || socket.getWantClientAuth();
        }

        @Override
        public Allowed allowed() {
            return Asked.allowed(socket::getSSLParameters);
        }

        @Override
        public SSLSession session() {
            return socket.getSession();
        }

        @Override
        public Optional<String> applicationProtocol() {
            return Asked.protocol(socket::getApplicationProtocol);
        }
    }

    /** Answers that may fail to come. */
    final class Asked {

        private static final int MOST = 200;

        private Asked() {}

        static Optional<Endpoint> endpoint(SocketAddress address) {
            return address instanceof InetSocketAddress known
                    ? Optional.of(new Endpoint(known.getHostString(), known.getPort()))
                    : Optional.empty();
        }

        static Optional<String> protocol(Supplier<String> source) {
            try {
                return Optional.ofNullable(source.get()).filter(name -> !name.isEmpty());
            } catch (RuntimeException unsupported) {
                return Optional.empty();
            }
        }

        static Allowed allowed(Supplier<SSLParameters> source) {
            try {
                SSLParameters asked = source.get();
                return new Allowed(
                        names(asked.getProtocols()),
                        names(asked.getCipherSuites()),
                        names(asked.getApplicationProtocols()));
            } catch (RuntimeException unsupported) {
                return new Allowed(List.of(), List.of(), List.of());
            }
        }

        private static List<String> names(String[] all) {
            return List.of(all.length > MOST ? Arrays.copyOf(all, MOST) : all);
        }
    }
}
