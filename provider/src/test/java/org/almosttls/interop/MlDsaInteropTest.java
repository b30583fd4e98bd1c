package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.Provider;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.End;
import org.almosttls.testkit.EngineOpposite;
import org.almosttls.testkit.PlatformVerifier;
import org.almosttls.testkit.PostQuantum;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestIdentity;
import org.almosttls.testkit.Tls13;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.BCSSLEngine;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** draft-ietf-tls-mldsa with Bouncy Castle's stack, whose keys, signatures and chains are its own too. */
class MlDsaInteropTest {

    private static final byte[] GREETING = "hello from here\n".getBytes(StandardCharsets.US_ASCII);
    private static final Provider PRIMITIVES = new BouncyCastleProvider();
    private static final Provider STACK = new BouncyCastleJsseProvider(PRIMITIVES);

    static Stream<SignatureScheme> schemes() {
        return PostQuantum.SCHEMES.stream();
    }

    private static TestConfig of(TestConfig end, SignatureScheme scheme) {
        return end.schemes(scheme)
                .with("certificateSchemes", List.of(scheme))
                .with(
                        "peerVerifier",
                        new PlatformVerifier(PostQuantum.authority(scheme).certificate()));
    }

    private static EngineOpposite opposite(TestIdentity own, SignatureScheme scheme, boolean client) throws Exception {
        var trust = TrustManagerFactory.getInstance("PKIX", STACK);
        trust.init(TestCertificates.trustStore(
                ofBouncyCastle(PostQuantum.authority(scheme).certificate())));
        var context = SSLContext.getInstance("TLS", STACK);
        context.init(keys(own).getKeyManagers(), trust.getTrustManagers(), null);
        var engine = client ? context.createSSLEngine(TestCertificates.HOST, 443) : context.createSSLEngine();
        engine.setUseClientMode(client);
        engine.setNeedClientAuth(!client);
        var parameters = ((BCSSLEngine) engine).getParameters();
        parameters.setProtocols(new String[] {"TLSv1.3"});
        parameters.setSignatureSchemes(new String[] {scheme.name()});
        ((BCSSLEngine) engine).setParameters(parameters);
        return new EngineOpposite(engine);
    }

    /** As Bouncy Castle's key managers and signatures know them. */
    private static KeyManagerFactory keys(TestIdentity own) throws Exception {
        var key = KeyFactory.getInstance("ML-DSA", PRIMITIVES)
                .generatePrivate(new PKCS8EncodedKeySpec(own.key().getEncoded()));
        var store = KeyStore.getInstance("PKCS12", PRIMITIVES);
        store.load(null, null);
        store.setKeyEntry("own", key, TestCertificates.PASSWORD, chain(own));
        var factory = KeyManagerFactory.getInstance("PKIX", STACK);
        factory.init(store, TestCertificates.PASSWORD);
        return factory;
    }

    private static Certificate[] chain(TestIdentity own) throws Exception {
        var all = new ArrayList<Certificate>();
        for (var each : own.chain()) all.add(ofBouncyCastle(each));
        return all.toArray(Certificate[]::new);
    }

    private static X509Certificate ofBouncyCastle(X509Certificate certificate) throws Exception {
        var octets = new ByteArrayInputStream(certificate.getEncoded());
        return (X509Certificate)
                CertificateFactory.getInstance("X.509", PRIMITIVES).generateCertificate(octets);
    }

    private static void assertTalks(End end, EngineOpposite peer, TestIdentity whose) throws Exception {
        peer.meet(end);
        var session = end.connection().session();
        assertTrue(session.isPresent(), "the handshake does not end");
        assertEquals(whose.chain(), session.get().peerChain());
        peer.take(end.seal(GREETING));
        assertArrayEquals(GREETING, peer.data());
        end.deliver(peer.send(GREETING));
        end.receive();
        assertArrayEquals(GREETING, end.data());
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void weAreTheClient(SignatureScheme scheme) throws Exception {
        assumeTrue(PostQuantum.isThere());
        var server = PostQuantum.server(scheme);
        var end = new End(of(Tls13.client(PostQuantum.client(scheme)), scheme).build());
        assertTalks(end, opposite(server, scheme, false), server);
        assertEquals(
                Optional.of(scheme), end.connection().session().orElseThrow().scheme());
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void weAreTheServer(SignatureScheme scheme) throws Exception {
        assumeTrue(PostQuantum.isThere());
        var client = PostQuantum.client(scheme);
        var end = new End(of(Tls13.server(PostQuantum.server(scheme)), scheme)
                .asking(ClientAuthentication.NEED)
                .build());
        assertTalks(end, opposite(client, scheme, true), client);
    }
}
