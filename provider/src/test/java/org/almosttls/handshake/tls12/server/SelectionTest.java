package org.almosttls.handshake.tls12.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.ApplicationProtocolSelector;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.extension.SupportedVersions;
import org.almosttls.handshake.Action;
import org.almosttls.message.ClientHello;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.ServerHello;
import org.almosttls.message.ServerKeyExchange;
import org.almosttls.message.ServerParams.ServerEcdhParams;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.StateEnd;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestCredentials;
import org.junit.jupiter.api.Test;

/** How a server chooses, and what it says about it. */
class SelectionTest {

    private static final CipherSuite RSA_128 = CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;
    private static final CipherSuite RSA_256 = CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384;
    private static final CipherSuite STATIC_RSA = CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA;

    @Test
    void theServersOrderOfSuitesCountsIfItSaysSo() throws Exception {
        var client = TestConfig.client().suites(RSA_128, RSA_256);
        var server = rsaServer().suites(RSA_256, RSA_128);
        assertEquals(RSA_256, agreed(client, server).cipherSuite());
        assertEquals(
                RSA_128, agreed(client, server.with("serverPreference", false)).cipherSuite());
    }

    @Test
    void theOrderOfGroupsFollowsTheSamePreference() throws Exception {
        var client = TestConfig.client().suites(RSA_128).groups(NamedGroup.SECP256R1, NamedGroup.X25519);
        var server = rsaServer().groups(NamedGroup.X25519, NamedGroup.SECP256R1);
        assertEquals(Optional.of(NamedGroup.X25519), agreed(client, server).group());
        assertEquals(
                Optional.of(NamedGroup.SECP256R1),
                agreed(client, server.with("serverPreference", false)).group());
    }

    @Test
    void theClientsOrderOfSchemesCounts() throws Exception {
        var client = TestConfig.client()
                .suites(RSA_128)
                .schemes(SignatureScheme.RSA_PKCS1_SHA256, SignatureScheme.RSA_PSS_RSAE_SHA256);
        var server = rsaServer().schemes(SignatureScheme.RSA_PSS_RSAE_SHA256, SignatureScheme.RSA_PKCS1_SHA256);
        assertEquals(
                Optional.of(SignatureScheme.RSA_PKCS1_SHA256),
                agreed(client, server).scheme());
    }

    @Test
    void aSuiteWithoutCertificateIsPassedOver() throws Exception {
        var session = agreed(TestConfig.client(), rsaServer());
        assertEquals(RSA_256, session.cipherSuite());
    }

    @Test
    void aSuiteWithoutGroupIsPassedOver() throws Exception {
        var client = TestConfig.client().suites(RSA_128, STATIC_RSA).groups(NamedGroup.X25519);
        var server = rsaServer().groups(NamedGroup.SECP384R1);
        assertEquals(STATIC_RSA, agreed(client, server).cipherSuite());
    }

    @Test
    void eachKindOfKeyIsAskedForOnce() throws Exception {
        var credentials = new TestCredentials(List.of(TestCertificates.rsaServer()));
        agreed(TestConfig.client(), TestConfig.server().credentials(credentials));
        var asked = credentials.requests().stream().map(it -> it.keyTypes()).toList();
        assertEquals(List.of(List.of("EC"), List.of("EdDSA"), List.of("RSA"), List.of("RSASSA-PSS")), asked);
        var facts = credentials.requests().get(0).facts();
        assertEquals(List.of(TestCertificates.HOST), facts.serverNames());
        assertEquals(ProtocolVersion.TLS_1_2, facts.version());
        assertEquals(TestConfig.client().build().signatureSchemes(), facts.peerSchemes());
    }

    /** RFC 8422 §4: a client that names no groups leaves the choice to the server. */
    @Test
    void aClientThatNamesNoGroupsTakesAny() throws Exception {
        var exchange = answer(
                ServerKeyExchange.class,
                hello -> Hellos.extensions(hello, Hellos.without(ExtensionType.SUPPORTED_GROUPS)),
                rsaServer().groups(NamedGroup.SECP384R1));
        assertEquals(NamedGroup.SECP384R1, ((ServerEcdhParams) exchange.params()).group());
    }

    /** RFC 5246 §7.4.1.4.1: only where SHA-1 is enabled. */
    @Test
    void aClientThatNamesNoSchemesIsSignedForBySha1WhereThatIsEnabled() throws Exception {
        var exchange = answer(
                ServerKeyExchange.class,
                hello -> Hellos.extensions(hello, Hellos.without(ExtensionType.SIGNATURE_ALGORITHMS)),
                rsaServer().schemes(SignatureScheme.RSA_PSS_RSAE_SHA256, SignatureScheme.RSA_PKCS1_SHA1));
        assertEquals(SignatureScheme.RSA_PKCS1_SHA1, exchange.scheme());
    }

    @Test
    void theAnswerHasNoSessionAndNoCompression() throws Exception {
        var hello = answer(ServerHello.class, it -> it, rsaServer());
        assertEquals(0, hello.sessionId().length);
        assertEquals(0, hello.compressionMethod());
        assertEquals(ProtocolVersion.TLS_1_2, hello.legacyVersion());
    }

    @Test
    void theAnswerHasOnlyExtensionsThatWereOffered() throws Exception {
        var hello = answer(
                ServerHello.class,
                it -> Hellos.extensions(it, all -> List.of()),
                rsaServer().schemes(SignatureScheme.RSA_PKCS1_SHA1));
        assertFalse(hello.extensions().present());
    }

    @Test
    void theAnswerTakesUpWhatWasOffered() throws Exception {
        var hello = answer(ServerHello.class, it -> it, rsaServer());
        assertEquals(
                List.of(
                        ExtensionType.SERVER_NAME,
                        ExtensionType.EXTENDED_MASTER_SECRET,
                        ExtensionType.RENEGOTIATION_INFO,
                        ExtensionType.EC_POINT_FORMATS),
                hello.extensions().types());
    }

    @Test
    void pointFormatsAreNoMatterOfStaticRsa() throws Exception {
        var hello = answer(ServerHello.class, it -> it, rsaServer().suites(STATIC_RSA));
        assertFalse(hello.extensions().has(ExtensionType.EC_POINT_FORMATS));
    }

    /** RFC 5746 §3.6: the signalling suite does what the extension would. */
    @Test
    void theSignallingSuiteIsAnsweredByRenegotiationInfo() throws Exception {
        var hello = answer(
                ServerHello.class,
                it -> Hellos.extensions(
                        Hellos.suites(it, List.of(RSA_128, CipherSuite.TLS_EMPTY_RENEGOTIATION_INFO_SCSV)),
                        Hellos.without(ExtensionType.RENEGOTIATION_INFO)),
                rsaServer());
        assertTrue(hello.extensions().has(ExtensionType.RENEGOTIATION_INFO));
    }

    /** RFC 8446 §4.2.1: who sends supported_versions means it, whatever legacy_version says. */
    @Test
    void anOfferOf13And12IsTakenAt12() throws Exception {
        var versions = new SupportedVersions(List.of(ProtocolVersion.TLS_1_3, ProtocolVersion.TLS_1_2));
        var hello = answer(ServerHello.class, it -> Hellos.extensions(it, Hellos.plus(versions)), rsaServer());
        assertEquals(ProtocolVersion.TLS_1_2, hello.legacyVersion());
        assertFalse(hello.extensions().has(ExtensionType.SUPPORTED_VERSIONS));
    }

    @Test
    void aSelectorMayPassOverTheOffer() throws Exception {
        ApplicationProtocolSelector none = (offered, facts) -> Optional.empty();
        var server = rsaServer().with("protocolSelector", none);
        assertEquals(
                Optional.empty(),
                agreed(TestConfig.client().applicationProtocols("h2"), server).applicationProtocol());
    }

    /** HTTP/2 refuses suites (RFC 9113 §9.2.2), so its selector must know the one that was chosen. */
    @Test
    void aSelectorKnowsTheSuiteThatWasChosen() throws Exception {
        var told = new ArrayList<CipherSuite>();
        ApplicationProtocolSelector asking = (offered, facts) -> {
            told.add(facts.cipherSuite());
            return Optional.of(offered.get(0));
        };
        var client = TestConfig.client().suites(RSA_128, STATIC_RSA).groups(NamedGroup.X25519);
        var server = rsaServer().groups(NamedGroup.SECP384R1).with("protocolSelector", asking);
        agreed(client.applicationProtocols("h2"), server);
        assertEquals(List.of(STATIC_RSA), told);
    }

    @Test
    void aSelectorIsNotAskedWithoutAnOffer() throws Exception {
        ApplicationProtocolSelector never = (offered, facts) -> {
            throw Violation.NO_APPLICATION_PROTOCOL.exception();
        };
        var server = rsaServer().with("protocolSelector", never);
        assertEquals(Optional.empty(), agreed(TestConfig.client(), server).applicationProtocol());
    }

    private static TestConfig rsaServer() {
        return TestConfig.server(TestCertificates.rsaServer());
    }

    private static NegotiatedSession agreed(TestConfig client, TestConfig server) throws TlsAlertException {
        var pair = new StatePair(client.build(), server.build()).handshake();
        return pair.client().session().orElseThrow();
    }

    private static <M extends HandshakeMessage> M answer(
            Class<M> kind, Function<ClientHello, HandshakeMessage> change, TestConfig server) throws TlsAlertException {
        var pair = new StatePair(TestConfig.client().build(), server.build())
                .changing(ClientHello.class, change)
                .until(HandshakeType.SERVER_HELLO);
        return sent(pair.server(), kind);
    }

    private static <M extends HandshakeMessage> M sent(StateEnd end, Class<M> kind) {
        return end.actions(Action.Send.class).stream()
                .map(send -> send.message().message())
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }
}
