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
    Optional<SSLSession> session();

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
            return Asked.answer(engine::getUseClientMode).orElse(false);
        }

        @Override
        public Optional<Endpoint> local() {
            return Optional.empty();
        }

        @Override
        public Optional<Endpoint> peer() {
            return Asked.answer(engine::getPeerHost)
                    .filter(host -> !host.isEmpty())
                    .flatMap(host -> Asked.answer(engine::getPeerPort)
                            .filter(port -> port >= 0)
                            .map(port -> new Endpoint(host, port)));
        }

        @Override
        public boolean asksClient() {
            return Asked.answer(engine::getNeedClientAuth).orElse(false)
                    || Asked.answer(engine::getWantClientAuth).orElse(false);
        }

        @Override
        public Allowed allowed() {
            return Asked.allowed(engine::getSSLParameters);
        }

        @Override
        public Optional<SSLSession> session() {
            return Asked.answer(engine::getSession);
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
            return Asked.answer(socket::getUseClientMode).orElse(false);
        }

        @Override
        public Optional<Endpoint> local() {
            return Asked.answer(socket::getLocalSocketAddress).flatMap(Asked::endpoint);
        }

        @Override
        public Optional<Endpoint> peer() {
            return Asked.answer(socket::getRemoteSocketAddress).flatMap(Asked::endpoint);
        }

        @Override
        public boolean asksClient() {
            return Asked.answer(socket::getNeedClientAuth).orElse(false)
                    || Asked.answer(socket::getWantClientAuth).orElse(false);
        }

        @Override
        public Allowed allowed() {
            return Asked.allowed(socket::getSSLParameters);
        }

        @Override
        public Optional<SSLSession> session() {
            return Asked.answer(socket::getSession);
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

        /** Empty if the stack has none, fails to give it, or has no such method. */
        static <T> Optional<T> answer(Supplier<T> source) {
            try {
                return Optional.ofNullable(source.get());
            } catch (RuntimeException | LinkageError unsupported) {
                return Optional.empty();
            }
        }

        static Optional<Endpoint> endpoint(SocketAddress address) {
            return address instanceof InetSocketAddress known
                    ? Optional.of(new Endpoint(known.getHostString(), known.getPort()))
                    : Optional.empty();
        }

        static Optional<String> protocol(Supplier<String> source) {
            return answer(source).filter(name -> !name.isEmpty());
        }

        static Allowed allowed(Supplier<SSLParameters> source) {
            Optional<SSLParameters> asked = answer(source);
            return new Allowed(
                    names(asked.map(SSLParameters::getProtocols)),
                    names(asked.map(SSLParameters::getCipherSuites)),
                    names(asked.map(SSLParameters::getApplicationProtocols)));
        }

        private static List<String> names(Optional<String[]> all) {
            return all.map(Asked::names).orElse(List.of());
        }

        private static List<String> names(String[] all) {
            return List.of(all.length > MOST ? Arrays.copyOf(all, MOST) : all);
        }
    }
}
