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
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.WithoutTickets;

/** Another provider of the Java platform's interface. */
final class Jsse implements Opposite {

    private final Provider provider;
    private final Set<Ability> lacks;
    private final Tuning tuning;

    Jsse(Provider provider, Set<Ability> lacks) {
        this(provider, lacks, (socket, own, how) -> {});
    }

    Jsse(Provider provider, Set<Ability> lacks, Tuning tuning) {
        this.provider = provider;
        this.lacks = lacks;
        this.tuning = tuning;
    }

    /** What a provider has a method of its own for. */
    interface Tuning {
        void tune(SSLSocket socket, Terms own, Resumption how);
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
            case "certificate_required" -> Set.of(alert, "bad_certificate");
            // In TLS 1.3 the platform's server says the last of these where no group is in common.
            case "handshake_failure" -> Set.of(alert, "bad_certificate", "unexpected_message");
            default -> Set.of(alert);
        };
    }

    @Override
    public Correspondent listen(Terms own) throws Exception {
        var end = end(own, false, Resumption.NONE);
        var listening = new ServerSocket(0, 1, Ours.LOOPBACK);
        return new JssePeer(Optional.of(listening), () -> {
            try (listening) {
                return end.layer(listening.accept());
            }
        });
    }

    @Override
    public Correspondent call(Terms own, int port) throws Exception {
        var end = end(own, true, Resumption.NONE);
        return new JssePeer(Optional.empty(), () -> end.layer(new Socket(Ours.LOOPBACK, port)));
    }

    @Override
    public Series serve(Terms own, Resumption how) throws Exception {
        var end = end(own, false, how);
        var listening = new ServerSocket(0, 1, Ours.LOOPBACK);
        return new Series() {
            @Override
            public int port() {
                return listening.getLocalPort();
            }

            @Override
            public Correspondent next(int unused) {
                return new JssePeer(Optional.empty(), () -> end.layer(listening.accept()));
            }

            @Override
            public void close() throws IOException {
                listening.close();
            }
        };
    }

    @Override
    public Series visit(Terms own, Resumption how) throws Exception {
        var end = end(own, true, how);
        return new Series() {
            @Override
            public int port() {
                throw new IllegalStateException("a client");
            }

            @Override
            public Correspondent next(int port) {
                return new JssePeer(Optional.empty(), () -> end.layer(new Socket(Ours.LOOPBACK, port)));
            }

            @Override
            public void close() {
                // Its connections are closed by themselves.
            }
        };
    }

    /** What all its connections have in common. */
    private record End(SSLContext context, Terms own, boolean client, Resumption how, Tuning tuning) {

        JssePeer.Layered layer(Socket raw) throws IOException {
            var factory = context.getSocketFactory();
            // It does not close the transport: bytes of ours that it has not read would cut off its alert.
            var socket = (SSLSocket)
                    factory.createSocket(raw, own.name().orElse(TestCertificates.HOST), raw.getPort(), false);
            socket.setUseClientMode(client);
            var parameters = Ours.change(socket.getSSLParameters(), own, client);
            groups(parameters, own);
            socket.setSSLParameters(parameters);
            tuning.tune(socket, own, how);
            return new JssePeer.Layered(raw, socket);
        }
    }

    private End end(Terms own, boolean client, Resumption how) throws GeneralSecurityException {
        return new End(context(own, how), own, client, how, tuning);
    }

    private SSLContext context(Terms own, Resumption how) throws GeneralSecurityException {
        return Ours.withGroups(
                own, () -> how == Resumption.ID ? WithoutTickets.made(() -> context(own)) : context(own));
    }

    private SSLContext context(Terms own) {
        try {
            var context = SSLContext.getInstance("TLS", provider);
            context.init(keys(own), trust(own), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its own, since some have words for what is judged that only they know. */
    private TrustManager[] trust(Terms own) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance("PKIX", provider);
        factory.init(TestCertificates.trustStore(own.trusted()));
        return factory.getTrustManagers();
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
