package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.PostQuantum;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Engines and sockets whose certificates are of ML-DSA, with the platform's key and trust managers. */
@Timeout(60)
class PostQuantumAuthenticationTest {

    static Stream<SignatureScheme> schemes() {
        return PostQuantum.SCHEMES.stream();
    }

    static SSLContext context(Provider stack, SignatureScheme trusted, TestIdentity... own) throws Exception {
        var context = SSLContext.getInstance("TLS", stack);
        var anchors = TestCertificates.trustStore(
                TestCertificates.ca(), PostQuantum.authority(trusted).certificate());
        context.init(own.length == 0 ? null : Contexts.keys(own), Contexts.trust(anchors), null);
        return context;
    }

    private static List<X509Certificate> peerOf(SSLSession session) throws Exception {
        return Stream.of(session.getPeerCertificates())
                .map(X509Certificate.class::cast)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void enginesKnowEachOther(SignatureScheme scheme) throws Exception {
        assumeTrue(PostQuantum.isThere());
        var client = PostQuantum.client(scheme);
        var server = PostQuantum.server(scheme);
        var pair = new EnginePair(context(Contexts.OURS, scheme, client), context(Contexts.OURS, scheme, server));
        pair.server().engine().setNeedClientAuth(true);
        pair.handshake();
        assertEquals(server.chain(), peerOf(pair.client().engine().getSession()));
        assertEquals(client.chain(), peerOf(pair.server().engine().getSession()));
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void socketsKnowEachOther(SignatureScheme scheme) throws Exception {
        assumeTrue(PostQuantum.isThere());
        var client = PostQuantum.client(scheme);
        var server = PostQuantum.server(scheme);
        try (var pair =
                new SocketPair(context(Contexts.OURS, scheme, client), context(Contexts.OURS, scheme, server))) {
            pair.server().setNeedClientAuth(true);
            pair.handshake();
            assertEquals(server.chain(), peerOf(pair.client().getSession()));
            assertEquals(client.chain(), peerOf(pair.server().getSession()));
        }
    }

    @Test
    void whoDoesNotKnowItIsShownTheOtherCertificate() throws Exception {
        assumeTrue(PostQuantum.isThere());
        var scheme = SignatureScheme.MLDSA65;
        var server = context(Contexts.OURS, scheme, PostQuantum.server(scheme), TestCertificates.ecServer());
        var pair = new EnginePair(context(Contexts.PLATFORM, scheme), server).handshake();
        assertEquals(
                TestCertificates.ecServer().chain(),
                peerOf(pair.client().engine().getSession()));
    }
}
