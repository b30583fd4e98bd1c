package org.almosttls.handshake.hello;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.EcPointFormats;
import org.almosttls.extension.EncryptThenMac;
import org.almosttls.extension.Extension;
import org.almosttls.extension.RenegotiationInfo;
import org.almosttls.extension.SelectedVersion;
import org.almosttls.extension.UnknownExtension;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client refuses in a ServerHello. */
class ServerHelloViolationsTest {

    @Test
    void aVersionBelowWhatIsEnabledIsNotSupported() {
        refuses(Violation.VERSION_NOT_SUPPORTED, hello -> Hellos.version(hello, ProtocolVersion.TLS_1_1));
    }

    @Test
    void aVersionAboveTheOfferWasNotOffered() {
        refuses(Violation.VERSION_NOT_OFFERED, hello -> Hellos.version(hello, ProtocolVersion.TLS_1_3));
    }

    @Test
    void aSuiteThatIsImplementedButNotOfferedIsRefused() {
        refuses(
                Violation.SUITE_NOT_OFFERED,
                hello -> Hellos.suite(hello, CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384));
    }

    @Test
    void aSignallingValueIsNoSuite() {
        refuses(
                Violation.SUITE_NOT_OFFERED,
                hello -> Hellos.suite(hello, CipherSuite.TLS_EMPTY_RENEGOTIATION_INFO_SCSV));
    }

    @Test
    void compressionWasNotOffered() {
        refuses(Violation.COMPRESSION_NOT_OFFERED, hello -> Hellos.compression(hello, 1));
    }

    @Test
    void anExtensionThatWasNotOfferedIsRefused() {
        refusesExtensions(
                Violation.EXTENSION_NOT_OFFERED,
                Hellos.plus(new UnknownExtension(new ExtensionType(0x1234), new byte[0])));
    }

    /** RFC 5246 §7.4.1.4.1: a client's alone, though it offered it. */
    @Test
    void signatureAlgorithmsIsNoAnswer() {
        refusesExtensions(
                Violation.EXTENSION_MISPLACED,
                Hellos.plus(new UnknownExtension(ExtensionType.SIGNATURE_ALGORITHMS, new byte[] {0, 2, 4, 1})));
    }

    @Test
    void supportedVersionsWasNotOfferedByAClientOf12() {
        refusesExtensions(Violation.EXTENSION_NOT_OFFERED, Hellos.plus(new SelectedVersion(ProtocolVersion.TLS_1_2)));
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
        refusesExtensions(Violation.POINT_FORMAT_MISSING, Hellos.with(new EcPointFormats(new byte[] {1, 2})));
    }

    /** RFC 7366 §3: the suite of this pair is AES-GCM. */
    @Test
    void encryptThenMacGoesWithSuitesThatHaveAMac() {
        refusesExtensions(Violation.ENCRYPT_THEN_MAC_MISPLACED, Hellos.plus(new EncryptThenMac()));
    }

    @Test
    void theApplicationProtocolIsOneOfTheOffer() {
        refusesExtensions(Violation.ALPN_NOT_OFFERED, Hellos.with(new ApplicationProtocols(List.of("spdy/3"))));
    }

    /** RFC 5746 §3.4, RFC 7627 §5.2: nothing is amiss until the server finds that it sent something else. */
    @ParameterizedTest
    @ValueSource(ints = {0xFF01, 0x0017, 0x000B, 0x0010, 0x0000})
    void anExtensionThatIsNotTakenUpIsNoViolation(int type) {
        refuses(Violation.WRONG_FINISHED, hello -> Hellos.extensions(hello, Hellos.without(new ExtensionType(type))));
    }

    private static void refusesExtensions(Violation violation, UnaryOperator<List<Extension>> change) {
        refuses(violation, hello -> Hellos.extensions(hello, change));
    }

    private static void refuses(Violation violation, Function<ServerHello, HandshakeMessage> change) {
        Expect.violation(
                violation, () -> pair().changing(ServerHello.class, change).handshake());
    }

    private static StatePair pair() throws TlsAlertException {
        return new StatePair(
                TestConfig.client()
                        .suites(
                                CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                                CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA)
                        .applicationProtocols("h2", "http/1.1")
                        .build(),
                TestConfig.server(TestCertificates.rsaServer())
                        .applicationProtocols("h2")
                        .build());
    }

    /** RFC 8446 §4.1.3: a mark is a warning only to a client that could have had more. */
    @Test
    void aClientWithoutHigherVersionsTakesAMarkedRandom() throws Exception {
        var pair = pair().changing(ServerHello.class, hello -> Hellos.random(hello, marked(hello)));
        // The change of the random is noticed by the signature over it, and by nothing before.
        Expect.violation(Violation.WRONG_SIGNATURE, pair::handshake);
    }

    private static byte[] marked(ServerHello hello) {
        byte[] random = Arrays.copyOf(hello.random(), 32);
        byte[] mark = {0x44, 0x4F, 0x57, 0x4E, 0x47, 0x52, 0x44, 0x01};
        System.arraycopy(mark, 0, random, 24, mark.length);
        return random;
    }
}
