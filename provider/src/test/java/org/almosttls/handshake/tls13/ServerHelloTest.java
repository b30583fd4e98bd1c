package org.almosttls.handshake.tls13;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.almosttls.alert.Violation;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.KeyShare;
import org.almosttls.extension.KeyShareEntry;
import org.almosttls.extension.RecordSizeLimit;
import org.almosttls.extension.SelectedPreSharedKey;
import org.almosttls.extension.SelectedVersion;
import org.almosttls.extension.ServerNames;
import org.almosttls.extension.UnknownExtension;
import org.almosttls.message.ClientHello;
import org.almosttls.message.EncryptedExtensions;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client refuses of a server's answers to its offer. */
class ServerHelloTest {

    private static StatePair pair(UnaryOperator<ServerHello> change) throws Exception {
        return new StatePair(
                        Tls13.too(TestConfig.client()).build(),
                        Tls13.server(TestCertificates.ecServer())
                                .suites(CipherSuite.TLS_AES_128_GCM_SHA256)
                                .build())
                .changing(ServerHello.class, change::apply);
    }

    private static StatePair pairOfExtensions(UnaryOperator<List<Extension>> change) throws Exception {
        return pair(hello -> Hellos.extensions(hello, change));
    }

    @Test
    void legacyVersionIsThatOf12() throws Exception {
        Expect.violation(
                Violation.LEGACY_VERSION_WRONG,
                pair(hello -> Hellos.version(hello, ProtocolVersion.TLS_1_3))::handshake);
    }

    @Test
    void theSessionIdComesBack() throws Exception {
        Expect.violation(
                Violation.SESSION_ID_NOT_ECHOED,
                pair(hello -> new ServerHello(
                        hello.legacyVersion(),
                        hello.random(),
                        new byte[32],
                        hello.cipherSuite(),
                        0,
                        hello.extensions()))::handshake);
    }

    @Test
    void thereIsNoCompression() throws Exception {
        Expect.violation(Violation.COMPRESSION_NOT_OFFERED, pair(hello -> Hellos.compression(hello, 1))::handshake);
    }

    static Stream<CipherSuite> otherSuites() {
        return Stream.of(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, new CipherSuite(0x1304));
    }

    @ParameterizedTest
    @MethodSource("otherSuites")
    void theSuiteIsOneOfThisVersionThatWasOffered(CipherSuite suite) throws Exception {
        Expect.violation(Violation.SUITE_NOT_OFFERED, pair(hello -> Hellos.suite(hello, suite))::handshake);
    }

    static Stream<ProtocolVersion> otherVersions() {
        return Stream.of(0x0303, 0x0302, 0x0305, 0x7F1C).map(ProtocolVersion::new);
    }

    @ParameterizedTest
    @MethodSource("otherVersions")
    void theVersionIsOneThatWasOfferedAndNotOlder(ProtocolVersion version) throws Exception {
        Expect.violation(
                Violation.VERSION_NOT_OFFERED, pairOfExtensions(Hellos.with(new SelectedVersion(version)))::handshake);
    }

    @Test
    void thereIsAKeyShare() throws Exception {
        Expect.violation(
                Violation.EXTENSION_MISSING, pairOfExtensions(Hellos.without(ExtensionType.KEY_SHARE))::handshake);
    }

    @Test
    void theShareIsOfAGroupThatAShareWasOfferedOf() throws Exception {
        var share = new KeyShare(new KeyShareEntry(NamedGroup.SECP256R1, new byte[65]));
        Expect.violation(Violation.GROUP_NOT_OFFERED, pairOfExtensions(Hellos.with(share))::handshake);
    }

    @Test
    void theShareIsOneOfItsGroup() throws Exception {
        var zeroes = new KeyShare(new KeyShareEntry(NamedGroup.X25519, new byte[32]));
        Expect.violation(Violation.BAD_PUBLIC_KEY, pairOfExtensions(Hellos.with(zeroes))::handshake);
        var shorter = new KeyShare(new KeyShareEntry(NamedGroup.X25519_MLKEM768, new byte[1119]));
        Expect.violation(Violation.BAD_PUBLIC_KEY, pairOfExtensions(Hellos.with(shorter))::handshake);
    }

    @Test
    void whatBelongsIntoEncryptedExtensionsIsNotInServerHello() throws Exception {
        var names = new ServerNames(List.of());
        Expect.violation(Violation.EXTENSION_MISPLACED, pairOfExtensions(Hellos.plus(names))::handshake);
    }

    @Test
    void whatWasNotOfferedIsNotAnswered() throws Exception {
        var psk = new SelectedPreSharedKey(0);
        Expect.violation(Violation.EXTENSION_NOT_OFFERED, pairOfExtensions(Hellos.plus(psk))::handshake);
    }

    @Test
    void noExtensionComesTwice() throws Exception {
        var version = new SelectedVersion(ProtocolVersion.TLS_1_3);
        Expect.violation(Violation.DUPLICATE_EXTENSION, pairOfExtensions(Hellos.plus(version))::handshake);
    }

    @Test
    void aServerOf12AnswersNothingOf13() throws Exception {
        var pair = new StatePair(
                        Tls13.too(TestConfig.client()).build(),
                        TestConfig.server(TestCertificates.rsaServer()).build())
                .changing(
                        ServerHello.class,
                        hello -> Hellos.extensions(
                                hello, Hellos.plus(new KeyShare(new KeyShareEntry(NamedGroup.X25519, new byte[32])))));
        Expect.violation(Violation.EXTENSION_MISPLACED, pair::handshake);
    }

    @Test
    void whoCouldHaveHad13SeesThatItWasTalkedDown() throws Exception {
        var pair = new StatePair(
                        Tls13.too(TestConfig.client()).build(),
                        Tls13.too(TestConfig.server(TestCertificates.rsaServer()))
                                .build())
                .changing(
                        ClientHello.class,
                        hello -> Hellos.extensions(hello, Hellos.without(ExtensionType.SUPPORTED_VERSIONS)));
        Expect.violation(Violation.DOWNGRADED, pair::handshake);
    }

    private static StatePair pairOfEncrypted(UnaryOperator<List<Extension>> change) throws Exception {
        return new StatePair(
                        Tls13.client().build(),
                        Tls13.server(TestCertificates.ecServer()).build())
                .changing(
                        EncryptedExtensions.class,
                        message -> new EncryptedExtensions(
                                new Extensions(change.apply(message.extensions().all()), true)));
    }

    @Test
    void encryptedExtensionsAnswerWhatWasOffered() throws Exception {
        var limit = new RecordSizeLimit(64);
        Expect.violation(Violation.EXTENSION_NOT_OFFERED, pairOfEncrypted(Hellos.plus(limit))::handshake);
        var unknown = new UnknownExtension(new ExtensionType(0x7F00), new byte[0]);
        Expect.violation(Violation.EXTENSION_NOT_OFFERED, pairOfEncrypted(Hellos.plus(unknown))::handshake);
    }

    @Test
    void encryptedExtensionsAnswerOnce() throws Exception {
        var names = new ServerNames(List.of());
        Expect.violation(Violation.DUPLICATE_EXTENSION, pairOfEncrypted(Hellos.plus(names))::handshake);
    }

    @Test
    void theProtocolIsOneThatWasOffered() throws Exception {
        var pair = new StatePair(
                        Tls13.client().applicationProtocols("h2").build(),
                        Tls13.server(TestCertificates.ecServer()).build())
                .changing(
                        EncryptedExtensions.class,
                        message -> new EncryptedExtensions(
                                new Extensions(List.of(new ApplicationProtocols(List.of("imap"))), true)));
        Expect.violation(Violation.ALPN_NOT_OFFERED, pair::handshake);
    }
}
