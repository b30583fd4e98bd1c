package org.almosttls.handshake.hello;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.ServerNamePolicy;
import org.almosttls.extension.EcPointFormats;
import org.almosttls.extension.Extension;
import org.almosttls.extension.RenegotiationInfo;
import org.almosttls.extension.ServerNames;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.extension.SupportedVersions;
import org.almosttls.extension.UnknownExtension;
import org.almosttls.message.ClientHello;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server refuses in a ClientHello, and how it says what was missing. */
class ClientHelloViolationsTest {

    @Test
    void aVersionBelowWhatIsEnabledIsNotSupported() {
        refuses(Violation.VERSION_NOT_SUPPORTED, hello -> Hellos.version(hello, ProtocolVersion.TLS_1_1));
    }

    @Test
    void supportedVersionsWithoutAnEnabledOneIsNotSupported() {
        refusesExtensions(
                Violation.VERSION_NOT_SUPPORTED, Hellos.plus(new SupportedVersions(List.of(ProtocolVersion.TLS_1_3))));
    }

    @Test
    void aServerWithoutVersionsSupportsNone() {
        Expect.violation(
                Violation.VERSION_NOT_SUPPORTED,
                () -> new StatePair(
                                TestConfig.client().build(), server().versions().build())
                        .handshake());
    }

    @Test
    void aNeedlessFallbackIsRefused() {
        refuses(
                Violation.FALLBACK_REFUSED,
                hello -> Hellos.version(Hellos.suites(hello, withFallback(hello)), ProtocolVersion.TLS_1_1));
    }

    @Test
    void aFallbackToTheServersBestIsTaken() throws Exception {
        var pair = pair().changing(ClientHello.class, hello -> Hellos.suites(hello, withFallback(hello)));
        // Nobody objects before the ends compare what they saw.
        Expect.violation(Violation.WRONG_FINISHED, pair::handshake);
    }

    private static List<CipherSuite> withFallback(ClientHello hello) {
        return Stream.concat(hello.cipherSuites().stream(), Stream.of(CipherSuite.TLS_FALLBACK_SCSV))
                .toList();
    }

    @Test
    void nullCompressionIsOffered() {
        refuses(Violation.COMPRESSION_REQUIRED, hello -> Hellos.compression(hello, (byte) 1));
    }

    @Test
    void anExtensionComesOnce() {
        refusesExtensions(Violation.DUPLICATE_EXTENSION, Hellos.plus(new RenegotiationInfo(new byte[0])));
    }

    @Test
    void renegotiationInfoIsEmptyInAFirstHandshake() {
        refusesExtensions(Violation.WRONG_RENEGOTIATION_INFO, Hellos.with(new RenegotiationInfo(new byte[12])));
    }

    @Test
    void pointFormatsIncludeUncompressed() {
        refusesExtensions(Violation.POINT_FORMAT_MISSING, Hellos.with(new EcPointFormats(new byte[] {1})));
    }

    @Test
    void aNameThatIsNotServedIsNotRecognized() {
        var server = server().with("serverNames", (ServerNamePolicy) "example.org"::equals);
        Expect.violation(
                Violation.NAME_NOT_RECOGNIZED,
                () -> new StatePair(TestConfig.client().build(), server.build()).handshake());
    }

    /** RFC 6066 §3: one name of each type. */
    @Test
    void twoHostNamesAreOneTooMany() {
        var names = HexFormat.of().parseHex("000c" + "00" + "0003" + "612e62" + "00" + "0003" + "632e64");
        refusesExtensions(
                Violation.DUPLICATE_SERVER_NAME, Hellos.with(new UnknownExtension(ExtensionType.SERVER_NAME, names)));
    }

    /** RFC 6066 §3: ASCII, and no dot at its end. */
    @ParameterizedTest
    @ValueSource(strings = {"some.example.", "some example", "some\nexample"})
    void aNameThatIsNoHostNameIsRefused(String name) {
        refusesExtensions(Violation.HOST_NAME_INVALID, Hellos.with(new ServerNames(List.of(name))));
    }

    @Test
    void noApplicationProtocolInCommon() {
        Expect.violation(
                Violation.NO_APPLICATION_PROTOCOL,
                () -> new StatePair(
                                TestConfig.client().applicationProtocols("h2").build(),
                                server().applicationProtocols("http/1.1").build())
                        .handshake());
    }

    @Test
    void noSuiteInCommonTellsBothOffers() {
        var said = Expect.violation(
                Violation.NO_COMMON_SUITE,
                () -> new StatePair(
                                TestConfig.client()
                                        .suites(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA)
                                        .build(),
                                server().suites(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA256)
                                        .build())
                        .handshake());
        tells(said, "offered [TLS_RSA_WITH_AES_128_CBC_SHA]", "enabled [TLS_RSA_WITH_AES_128_CBC_SHA256]");
    }

    @Test
    void noCertificateForAnySuiteTellsTheKindOfKey() {
        var said = Expect.violation(
                Violation.NO_CREDENTIAL,
                () -> new StatePair(
                                TestConfig.client()
                                        .suites(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)
                                        .build(),
                                TestConfig.server(TestCertificates.ecServer()).build())
                        .handshake());
        tells(said, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "type RSA");
    }

    @Test
    void noGroupInCommonTellsBothOffers() {
        var said = Expect.violation(
                Violation.NO_COMMON_GROUP,
                () -> new StatePair(
                                TestConfig.client()
                                        .suites(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)
                                        .groups(NamedGroup.X25519)
                                        .build(),
                                server().groups(NamedGroup.SECP384R1).build())
                        .handshake());
        tells(said, "offered [x25519]", "enabled [secp384r1]");
    }

    @Test
    void noSchemeInCommonTellsBothOffers() {
        var said = Expect.violation(
                Violation.NO_COMMON_SCHEME,
                () -> new StatePair(
                                TestConfig.client()
                                        .suites(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)
                                        .schemes(SignatureScheme.RSA_PKCS1_SHA384)
                                        .build(),
                                server().schemes(SignatureScheme.RSA_PKCS1_SHA256)
                                        .build())
                        .handshake());
        tells(said, "offered [rsa_pkcs1_sha384]", "enabled [rsa_pkcs1_sha256]");
    }

    /** RFC 5246 §7.4.1.4.1: SHA-1 is what a client without signature_algorithms means. */
    @Test
    void aClientThatNamesNoSchemesMeansSha1() {
        var said = refusesExtensions(Violation.NO_COMMON_SCHEME, Hellos.without(ExtensionType.SIGNATURE_ALGORITHMS));
        tells(said, "rsa_pkcs1_sha1");
    }

    /** RFC 8422 §5.3: the key in the certificate is on a curve of the client's. */
    @Test
    void aCertificateOnACurveTheClientLacksDoesNotFit() {
        var said = Expect.violation(
                Violation.NO_COMMON_GROUP,
                () -> new StatePair(
                                TestConfig.client().groups(NamedGroup.X25519).build(),
                                TestConfig.server(TestCertificates.ecServer()).build())
                        .handshake());
        tells(said, "offered [x25519]", "not the curve of", "CN=EC server");
    }

    @Test
    void aKeyThatMayNotBeUsedForTheSuiteIsNamed() {
        var said = Expect.violation(
                Violation.NO_CREDENTIAL,
                () -> new StatePair(
                                TestConfig.client()
                                        .suites(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA)
                                        .build(),
                                TestConfig.server(TestCertificates.rsaServer(KeyUsage.digitalSignature))
                                        .build())
                        .handshake());
        tells(said, "key usage", "CN=Limited RSA server", "TLS_RSA_WITH_AES_128_CBC_SHA");
    }

    @Test
    void aGroupThatTheServerLacksIsNoHelp() {
        refusesExtensions(Violation.NO_COMMON_GROUP, Hellos.with(new SupportedGroups(List.of(new NamedGroup(0x0100)))));
    }

    private static void tells(TlsAlertException said, String... words) {
        for (var word : words) assertTrue(said.getMessage().contains(word), said.getMessage());
    }

    private static TlsAlertException refusesExtensions(Violation violation, UnaryOperator<List<Extension>> change) {
        return refuses(violation, hello -> Hellos.extensions(hello, change));
    }

    private static TlsAlertException refuses(Violation violation, Function<ClientHello, HandshakeMessage> change) {
        return Expect.violation(
                violation, () -> pair().changing(ClientHello.class, change).handshake());
    }

    private static StatePair pair() throws TlsAlertException {
        return new StatePair(
                TestConfig.client()
                        .suites(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)
                        .build(),
                server().build());
    }

    private static TestConfig server() {
        return TestConfig.server(TestCertificates.rsaServer());
    }
}
