package org.almosttls.handshake.hello.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.EcPointFormats;
import org.almosttls.extension.Extension;
import org.almosttls.extension.RenegotiationInfo;
import org.almosttls.extension.ServerNames;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.message.ClientHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.StateEnd;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client's first words are made of. */
class StartTest {

    @Test
    void offersTls12WithAFreshRandomAndNoSession() throws Exception {
        var hello = hello(TestConfig.client().with("randomness", new FixedRandomness(7)));
        assertEquals(ProtocolVersion.TLS_1_2, hello.legacyVersion());
        assertArrayEquals(new FixedRandomness(7).bytes(32), hello.random());
        assertEquals(0, hello.sessionId().length);
        assertArrayEquals(new byte[] {0}, hello.compressionMethods());
    }

    @Test
    void offersWhatIsConfiguredInItsOrder() throws Exception {
        var config = TestConfig.client().applicationProtocols("h2", "http/1.1");
        var built = config.build();
        var hello = hello(config);
        assertEquals(built.cipherSuites(), hello.cipherSuites());
        assertEquals(
                built.groups(), find(hello, SupportedGroups.class).orElseThrow().groups());
        assertEquals(
                built.signatureSchemes(),
                find(hello, SignatureAlgorithms.class).orElseThrow().schemes());
        assertEquals(
                List.of("h2", "http/1.1"),
                find(hello, ApplicationProtocols.class).orElseThrow().names());
        assertArrayEquals(
                new byte[] {0}, find(hello, EcPointFormats.class).orElseThrow().formats());
    }

    @Test
    void indicatesSecureRenegotiationAndExtendedMasterSecret() throws Exception {
        var hello = hello(TestConfig.client());
        assertEquals(0, find(hello, RenegotiationInfo.class).orElseThrow().renegotiatedConnection().length);
        assertEquals(true, hello.extensions().has(ExtensionType.EXTENDED_MASTER_SECRET));
    }

    /** RFC 8446 §4.2.1: a client that offers nothing above 1.2 has no use for it. */
    @Test
    void doesNotSendSupportedVersions() throws Exception {
        assertFalse(hello(TestConfig.client()).extensions().has(ExtensionType.SUPPORTED_VERSIONS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.org", "example.org.", "1.example", "localhost"})
    void asksForADnsName(String name) throws Exception {
        var names = find(hello(TestConfig.client().serverName(name)), ServerNames.class);
        var withoutDot = name.endsWith(".") ? "example.org" : name;
        assertEquals(Optional.of(List.of(withoutDot)), names.map(ServerNames::hostNames));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "fe80::1%eth0", "192.168.1.1", ""})
    void doesNotAskForAnAddress(String literal) throws Exception {
        assertEquals(Optional.empty(), find(hello(TestConfig.client().serverName(literal)), ServerNames.class));
    }

    @Test
    void withoutGroupsOffersNoEllipticCurves() throws Exception {
        var hello = hello(TestConfig.client().groups());
        assertTrue(hello.cipherSuites().contains(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA));
        for (var suite : hello.cipherSuites()) assertFalse(suite.name().contains("ECDHE"), suite.name());
        assertFalse(hello.extensions().has(ExtensionType.SUPPORTED_GROUPS));
        assertFalse(hello.extensions().has(ExtensionType.EC_POINT_FORMATS));
    }

    @Test
    void offersOnlySuitesThatAreImplemented() throws Exception {
        var hello = hello(
                TestConfig.client().suites(new CipherSuite(0x1301), CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256));
        assertEquals(List.of(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256), hello.cipherSuites());
    }

    @Test
    void withoutSuitesThereIsNothingToOffer() {
        Expect.violation(
                Violation.NOTHING_TO_OFFER, () -> hello(TestConfig.client().suites()));
    }

    @Test
    void withoutAVersionThereIsNothingToOffer() {
        Expect.violation(
                Violation.NOTHING_TO_OFFER, () -> hello(TestConfig.client().versions()));
    }

    private static <E extends Extension> Optional<E> find(ClientHello hello, Class<E> kind) {
        return hello.extensions().find(kind);
    }

    private static ClientHello hello(TestConfig config) throws TlsAlertException {
        var end = new StateEnd(config.build());
        return (ClientHello) end.decoder().decode(end.outbox().element().bytes());
    }
}
