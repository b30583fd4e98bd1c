package org.almosttls.handshake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.registry.Authentication;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.KeyExchange;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.registry.Tls12Suite;
import org.almosttls.testkit.StateEnd;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Handshakes that succeed: what both ends then agree on. */
class HappyPathsTest {

    private static final byte[] GREETING = "Hello, Alice".getBytes(StandardCharsets.US_ASCII);

    static Stream<Arguments> suitesAndGroups() {
        return Tls12Suite.ALL.stream().flatMap(suite -> groups(suite).map(group -> Arguments.of(suite.suite(), group)));
    }

    private static Stream<NamedGroup> groups(Tls12Suite suite) {
        return switch (suite.keyExchange()) {
            case RSA -> Stream.of(NamedGroup.X25519);
            case ECDHE ->
                Stream.of(
                        NamedGroup.X25519,
                        NamedGroup.SECP256R1,
                        NamedGroup.SECP384R1,
                        NamedGroup.SECP521R1,
                        NamedGroup.X448);
            case DHE -> Stream.of(NamedGroup.FFDHE2048, NamedGroup.FFDHE3072);
        };
    }

    @ParameterizedTest
    @MethodSource("suitesAndGroups")
    void bothEndsAgreeOnSuiteGroupAndSecret(CipherSuite suite, NamedGroup group) throws Exception {
        var pair = new StatePair(
                        TestConfig.client().suites(suite).build(),
                        TestConfig.server(serverFor(suite))
                                .groups(group)
                                .with("serverPreference", true)
                                .build())
                .handshake();

        var client = pair.client().session().orElseThrow();
        var server = pair.server().session().orElseThrow();
        assertEquals(suite, client.cipherSuite());
        assertEquals(suite, server.cipherSuite());
        assertEquals(client.group(), server.group());
        assertEquals(client.scheme(), server.scheme());
        boolean ephemeral = Tls12Suite.of(suite).orElseThrow().keyExchange() != KeyExchange.RSA;
        assertEquals(ephemeral ? Optional.of(group) : Optional.empty(), client.group());
        assertTrue(client.extendedMasterSecret() && server.extendedMasterSecret());
        assertDataFlows(pair.client(), pair.server());
        assertDataFlows(pair.server(), pair.client());
    }

    private static TestIdentity serverFor(CipherSuite suite) {
        return Tls12Suite.of(suite).orElseThrow().authentication() == Authentication.RSA
                ? TestCertificates.rsaServer()
                : TestCertificates.ecServer();
    }

    private static void assertDataFlows(StateEnd from, StateEnd to) throws Exception {
        var network = ByteBuffer.allocate(1 << 10);
        from.writing().seal(ContentType.APPLICATION_DATA, ByteBuffer.wrap(GREETING), network);
        var fragment = network.flip().position(5);
        var opened = ByteBuffer.allocate(to.reading().openedBound(fragment.remaining()));
        to.reading().open(ContentType.APPLICATION_DATA, 0x0303, fragment, opened);
        var data = new byte[opened.flip().remaining()];
        opened.get(data);
        assertArrayEquals(GREETING, data);
    }

    static Stream<TestIdentity> servers() {
        return Stream.of(
                TestCertificates.rsaServer(),
                TestCertificates.ecServer(),
                TestCertificates.ecP384Server(),
                TestCertificates.ed25519Server(),
                TestCertificates.rsaPssServer());
    }

    @ParameterizedTest
    @MethodSource("servers")
    void everyKindOfCertificateServes(TestIdentity identity) throws Exception {
        var pair = new StatePair(
                        TestConfig.client().build(), TestConfig.server(identity).build())
                .handshake();
        assertEquals(identity.chain(), pair.client().session().orElseThrow().peerChain());
        assertEquals(identity.chain(), pair.server().session().orElseThrow().localChain());
    }

    static Stream<SignatureScheme> rsaSchemes() {
        return Stream.of(
                SignatureScheme.RSA_PSS_RSAE_SHA256,
                SignatureScheme.RSA_PSS_RSAE_SHA384,
                SignatureScheme.RSA_PKCS1_SHA256,
                SignatureScheme.RSA_PKCS1_SHA512);
    }

    @ParameterizedTest
    @MethodSource("rsaSchemes")
    void rsaSignsByTheSchemeThatBothEndsKnow(SignatureScheme scheme) throws Exception {
        var pair = new StatePair(
                        TestConfig.client().schemes(scheme).build(),
                        TestConfig.server(TestCertificates.rsaServer())
                                .schemes(SignatureScheme.ECDSA_SECP256R1_SHA256, scheme)
                                .build())
                .handshake();
        assertEquals(Optional.of(scheme), pair.client().session().orElseThrow().scheme());
    }

    static Stream<Arguments> clients() {
        return Stream.of(TestCertificates.rsaClient(), TestCertificates.ecClient())
                .flatMap(client -> servers().map(server -> Arguments.of(client, server)));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void theClientShowsItsCertificateWhenAsked(TestIdentity client, TestIdentity server) throws Exception {
        var pair = new StatePair(
                        TestConfig.client(client).build(),
                        TestConfig.server(server)
                                .asking(ClientAuthentication.NEED)
                                .build())
                .handshake();
        assertEquals(client.chain(), pair.server().session().orElseThrow().peerChain());
        assertEquals(client.chain(), pair.client().session().orElseThrow().localChain());
    }

    @Test
    void theClientShowsItsCertificateUnderStaticRsa() throws Exception {
        var pair = new StatePair(
                        TestConfig.client(TestCertificates.ecClient())
                                .suites(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA)
                                .build(),
                        TestConfig.server(TestCertificates.rsaServer())
                                .asking(ClientAuthentication.NEED)
                                .build())
                .handshake();
        assertEquals(
                TestCertificates.ecClient().chain(),
                pair.server().session().orElseThrow().peerChain());
    }

    @Test
    void aClientWithoutCertificateIsTakenWhereOneIsOnlyWanted() throws Exception {
        var pair = new StatePair(
                        TestConfig.client().build(),
                        TestConfig.server(TestCertificates.ecServer())
                                .asking(ClientAuthentication.WANT)
                                .build())
                .handshake();
        assertEquals(List.of(), pair.server().session().orElseThrow().peerChain());
    }

    @ParameterizedTest
    @EnumSource(
            value = ClientAuthentication.class,
            names = {"NONE", "WANT"})
    void nobodyShowsACertificateUnasked(ClientAuthentication asking) throws Exception {
        var pair = new StatePair(
                        TestConfig.client().build(),
                        TestConfig.server(TestCertificates.ecServer())
                                .asking(asking)
                                .build())
                .handshake();
        assertEquals(List.of(), pair.client().session().orElseThrow().localChain());
    }

    @Test
    void theServerSelectsTheApplicationProtocol() throws Exception {
        var pair = new StatePair(
                        TestConfig.client()
                                .applicationProtocols("h2", "http/1.1")
                                .build(),
                        TestConfig.server(TestCertificates.ecServer())
                                .applicationProtocols("http/1.1", "h2")
                                .build())
                .handshake();
        assertEquals(
                Optional.of("http/1.1"), pair.client().session().orElseThrow().applicationProtocol());
        assertEquals(
                Optional.of("http/1.1"), pair.server().session().orElseThrow().applicationProtocol());
    }

    @Test
    void bothEndsKnowTheServerNameAskedFor() throws Exception {
        var pair = new StatePair(
                        TestConfig.client().serverName("localhost").build(),
                        TestConfig.server(TestCertificates.ecServer()).build())
                .handshake();
        assertEquals(List.of("localhost"), pair.client().session().orElseThrow().serverNames());
        assertEquals(List.of("localhost"), pair.server().session().orElseThrow().serverNames());
    }
}
