package org.almosttls.interop;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.TestCertificates;

/** Another provider of the Java platform's interface. */
final class Jsse implements Opposite {

    private final Provider provider;
    private final Set<Ability> lacks;

    Jsse(Provider provider, Set<Ability> lacks) {
        this.provider = provider;
        this.lacks = lacks;
    }

    @Override
    public boolean can(Ability ability) {
        return !lacks.contains(ability);
    }

    /** Most refusals of certificates are one to these. */
    @Override
    public Set<String> says(String alert) {
        return switch (alert) {
            case "unknown_ca", "certificate_expired" -> Set.of(alert, "certificate_unknown");
            case "handshake_failure" -> Set.of(alert, "bad_certificate");
            default -> Set.of(alert);
        };
    }

    @Override
    public Correspondent listen(Terms own) throws Exception {
        var context = context(own);
        var listening = new ServerSocket(0, 1, Ours.LOOPBACK);
        return new JssePeer(Optional.of(listening), () -> {
            try (listening) {
                return layer(context, listening.accept(), own, false);
            }
        });
    }

    @Override
    public Correspondent call(Terms own, int port) throws Exception {
        var context = context(own);
        return new JssePeer(Optional.empty(), () -> layer(context, new Socket(Ours.LOOPBACK, port), own, true));
    }

    @Override
    public Series serve(Terms own, int connections) throws Exception {
        var context = context(own);
        var listening = new ServerSocket(0, 1, Ours.LOOPBACK);
        return new Series() {
            @Override
            public int port() {
                return listening.getLocalPort();
            }

            @Override
            public Correspondent next(int unused) {
                return new JssePeer(Optional.empty(), () -> layer(context, listening.accept(), own, false));
            }

            @Override
            public void close() throws IOException {
                listening.close();
            }
        };
    }

    @Override
    public Series visit(Terms own) throws Exception {
        var context = context(own);
        return new Series() {
            @Override
            public int port() {
                throw new IllegalStateException("a client");
            }

            @Override
            public Correspondent next(int port) {
                return new JssePeer(Optional.empty(), () -> layer(context, new Socket(Ours.LOOPBACK, port), own, true));
            }

            @Override
            public void close() {
                // Its connections are closed by themselves.
            }
        };
    }

    private JssePeer.Layered layer(SSLContext context, Socket raw, Terms own, boolean client) throws IOException {
        var factory = context.getSocketFactory();
        // It does not close the transport: bytes of ours that it has not read would cut off its alert.
        var socket =
                (SSLSocket) factory.createSocket(raw, own.name().orElse(TestCertificates.HOST), raw.getPort(), false);
        socket.setUseClientMode(client);
        var parameters = Ours.change(socket.getSSLParameters(), own, client);
        groups(parameters, own);
        socket.setSSLParameters(parameters);
        return new JssePeer.Layered(raw, socket);
    }

    private SSLContext context(Terms own) throws GeneralSecurityException {
        return Ours.withGroups(own, () -> {
            var context = SSLContext.getInstance("TLS", provider);
            context.init(keys(own), Contexts.trust(TestCertificates.trustStore(own.trusted())), null);
            return context;
        });
    }

    private KeyManager[] keys(Terms own) throws GeneralSecurityException {
        if (own.own().isEmpty()) return new KeyManager[0];
        var factory = KeyManagerFactory.getInstance("PKIX", provider);
        factory.init(own.own().get().keyStore(), TestCertificates.PASSWORD);
        return factory.getKeyManagers();
    }

    /** A method of Java 20. */
    private static void groups(SSLParameters parameters, Terms own) {
        if (own.groups().isEmpty() || Runtime.version().feature() < 20) return;
        try {
            SSLParameters.class.getMethod("setNamedGroups", String[].class).invoke(parameters, (Object)
                    own.groups().toArray(String[]::new));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
