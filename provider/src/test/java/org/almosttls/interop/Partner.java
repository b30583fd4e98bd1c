package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.almosttls.config.TlsConfig;
import org.almosttls.registry.Role;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.End;
import org.almosttls.testkit.EngineOpposite;
import org.almosttls.testkit.Peers;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;

/** Another stack that has a conversation of TLS 1.3 with one of our connections, in the role that is left. */
enum Partner {
    OPENSSL {
        @Override
        CommandLinePeer listen(List<String> options) {
            Peers.OPENSSL.require();
            return new Openssl().listen(server(), options);
        }

        @Override
        CommandLinePeer call(int port, List<String> options) {
            Peers.OPENSSL.require();
            return new Openssl().call(client(), port, options);
        }
    },
    GNUTLS {
        @Override
        CommandLinePeer listen(List<String> options) throws Exception {
            Peers.GNUTLS_SERV.require();
            return new Gnutls().listen(server(), options);
        }

        @Override
        CommandLinePeer call(int port, List<String> options) {
            Peers.GNUTLS_CLI.require();
            return new Gnutls().call(client(), port, options);
        }
    },
    SUN_JSSE {
        @Override
        End talk(TlsConfig ours, String... options) throws Exception {
            return withEngine(ours, Contexts.PLATFORM);
        }
    },
    BC_JSSE {
        @Override
        End talk(TlsConfig ours, String... options) throws Exception {
            return withEngine(ours, new BouncyCastleJsseProvider(new BouncyCastleProvider()));
        }
    };

    private static final String VERSION = "TLSv1.3";
    private static final String MESSAGE = Message.of(100);

    CommandLinePeer listen(List<String> options) throws Exception {
        throw new IllegalStateException("no program");
    }

    CommandLinePeer call(int port, List<String> options) throws Exception {
        throw new IllegalStateException("no program");
    }

    private static Terms server() {
        return Terms.server(TestCertificates.ecServer()).only(VERSION);
    }

    private static Terms client() {
        return Terms.client().only(VERSION);
    }

    /**
     * Our end, once data has gone both ways.
     *
     * @param options of the other's program, if it is one
     */
    End talk(TlsConfig ours, String... options) throws Exception {
        return ours.role() == Role.CLIENT ? served(ours, List.of(options)) : called(ours, List.of(options));
    }

    private End served(TlsConfig config, List<String> options) throws Exception {
        try (var theirs = listen(options);
                var ours = BareConnection.called(theirs.port(), config)) {
            ours.send(MESSAGE);
            if (!theirs.echoes()) {
                assertEquals(Message.digits(MESSAGE), Message.digits(theirs.received()));
                theirs.send(MESSAGE);
            }
            assertEquals(MESSAGE, ours.received(MESSAGE.length()));
            return ours.end();
        }
    }

    private End called(TlsConfig config, List<String> options) throws Exception {
        try (var listening = new ServerSocket(0, 1, Ours.LOOPBACK)) {
            listening.setSoTimeout(Ours.PATIENCE_MILLIS);
            try (var theirs = call(listening.getLocalPort(), options);
                    var ours = BareConnection.accepted(listening, config)) {
                theirs.send(MESSAGE);
                assertTrue(ours.received(MESSAGE.length()).contains(MESSAGE));
                ours.send(MESSAGE);
                assertEquals(Message.digits(MESSAGE), Message.digits(theirs.received()));
                return ours.end();
            }
        }
    }

    private static End withEngine(TlsConfig ours, Provider stack) throws Exception {
        var end = new End(ours);
        var peer = new EngineOpposite(engine(stack, ours.role() == Role.SERVER));
        peer.meet(end);
        assertTrue(end.connection().session().isPresent(), "the handshake does not end");
        byte[] data = MESSAGE.getBytes(StandardCharsets.US_ASCII);
        peer.take(end.seal(data));
        assertArrayEquals(data, peer.data());
        end.deliver(peer.send(data));
        end.receive();
        assertArrayEquals(data, end.data());
        return end;
    }

    private static SSLEngine engine(Provider stack, boolean client) throws Exception {
        var context = SSLContext.getInstance(VERSION, stack);
        var trust = Contexts.trust(TestCertificates.trustStore());
        context.init(client ? null : keys(stack), trust, null);
        var engine = client ? context.createSSLEngine(TestCertificates.HOST, 443) : context.createSSLEngine();
        engine.setUseClientMode(client);
        return engine;
    }

    /** Bouncy Castle asks for kinds of keys that the platform's key managers have no name for. */
    private static KeyManager[] keys(Provider stack) throws Exception {
        if (stack == Contexts.PLATFORM) return Contexts.keys(TestCertificates.ecServer());
        var factory = KeyManagerFactory.getInstance("PKIX", stack);
        factory.init(TestIdentity.keyStore(TestCertificates.ecServer()), TestCertificates.PASSWORD);
        return factory.getKeyManagers();
    }
}
