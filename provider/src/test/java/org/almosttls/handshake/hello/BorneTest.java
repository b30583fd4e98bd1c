package org.almosttls.handshake.hello;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.almosttls.alert.Violation;
import org.almosttls.extension.EcPointFormats;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.ServerNames;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.extension.UnknownExtension;
import org.almosttls.message.ClientHello;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a ClientHello may say that a server does not know. The handshake goes on until the ends find in Finished that
 * somebody changed the hello, and that is all that is ever wrong.
 */
class BorneTest {

    /** RFC 5246 §7.4.1.2. */
    @Test
    void unknownSuitesAreIgnored() {
        var unknown = List.of(new CipherSuite(0xFEFE), new CipherSuite(0x0A0A));
        bears(hello -> Hellos.suites(
                hello,
                Stream.concat(unknown.stream(), hello.cipherSuites().stream()).toList()));
    }

    /** RFC 5246 §7.4.1.2. */
    @Test
    void otherCompressionMethodsAreIgnored() {
        bears(hello -> Hellos.compression(hello, (byte) 0xE0, (byte) 1, (byte) 0));
    }

    /** RFC 5246 §7.4.1.2. */
    @Test
    void anUnknownSessionIsNotResumed() {
        bears(hello -> new ClientHello(
                hello.legacyVersion(),
                hello.random(),
                new byte[32],
                hello.cipherSuites(),
                hello.compressionMethods(),
                hello.extensions()));
    }

    /** RFC 5246 §7.4.1.4. */
    @Test
    void unknownExtensionsAreIgnored() {
        bearsExtensions(Hellos.plus(new UnknownExtension(new ExtensionType(0xFEFE), new byte[] {1, 2, 3})));
        bearsExtensions(Hellos.plus(new UnknownExtension(new ExtensionType(0x0A0A), new byte[0])));
    }

    /** RFC 8422 §5.1.1. */
    @Test
    void unknownGroupsAreIgnored() {
        bearsExtensions(Hellos.with(new SupportedGroups(List.of(new NamedGroup(0xFEFE), NamedGroup.X25519))));
    }

    /** RFC 8422 §5.1.2. */
    @Test
    void otherPointFormatsAreIgnored() {
        bearsExtensions(Hellos.with(new EcPointFormats(new byte[] {2, 1, 0, 77})));
    }

    /** RFC 5246 §7.4.1.4.1. */
    @Test
    void unknownSchemesAreIgnored() {
        bearsExtensions(Hellos.with(
                new SignatureAlgorithms(List.of(new SignatureScheme(0xFEFE), SignatureScheme.RSA_PSS_RSAE_SHA256))));
    }

    /** RFC 5246 §7.4.1.2: the message may end before the extensions; a suite without curves needs none. */
    @Test
    void thereNeedBeNoExtensions() {
        bears(hello -> new ClientHello(
                hello.legacyVersion(),
                hello.random(),
                hello.sessionId(),
                List.of(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA),
                hello.compressionMethods(),
                Extensions.ABSENT));
    }

    /** RFC 5246 §7.4.1.4.1: hashes and signatures of which there are none, or that nobody signs by. */
    @Test
    void anonymousSignaturesAreIgnored() {
        bearsExtensions(Hellos.with(new SignatureAlgorithms(List.of(
                new SignatureScheme(0x0400), new SignatureScheme(0x0001), SignatureScheme.RSA_PSS_RSAE_SHA256))));
    }

    /** RFC 5246 §E.1: whoever can do more is answered by the best there is. */
    @ParameterizedTest
    @ValueSource(ints = {0x0304, 0x03FF, 0x0400, 0xFFFF})
    void aHigherVersionIsNoHarm(int version) {
        bears(hello -> Hellos.version(hello, new ProtocolVersion(version)));
    }

    /** RFC 8422 §4: nothing about curves without a suite that has any; RFC 7919 §2 is not so strict. */
    @Test
    void curvesWithoutASuiteThatHasAnyAreIgnored() {
        bears(hello -> Hellos.suites(hello, List.of(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA)));
    }

    /** RFC 5746 §3.4, RFC 7627 §5.2, RFC 8422 §4: clients that are older than these. */
    @ParameterizedTest
    @ValueSource(ints = {0xFF01, 0x0017, 0x000A, 0x000B, 0x0000})
    void eachExtensionMayBeMissing(int type) {
        bearsExtensions(Hellos.without(new ExtensionType(type)));
    }

    /** RFC 5746 §3.4: both signals are more than is needed. */
    @Test
    void secureRenegotiationMayBeSaidTwice() {
        bears(hello -> Hellos.suites(
                hello,
                Stream.concat(hello.cipherSuites().stream(), Stream.of(CipherSuite.TLS_EMPTY_RENEGOTIATION_INFO_SCSV))
                        .toList()));
    }

    /** RFC 6066 §3: not permitted, and yet sent by many; it is matched as a name would be. */
    @Test
    void anAddressInPlaceOfANameIsTakenForOne() {
        bearsExtensions(Hellos.with(new ServerNames(List.of("127.0.0.1"))));
    }

    private static void bearsExtensions(UnaryOperator<List<Extension>> change) {
        bears(hello -> Hellos.extensions(hello, change));
    }

    private static void bears(UnaryOperator<ClientHello> change) {
        Expect.violation(
                Violation.WRONG_FINISHED,
                () -> new StatePair(
                                TestConfig.client()
                                        .suites(
                                                CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                                                CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA)
                                        .build(),
                                TestConfig.server(TestCertificates.rsaServer()).build())
                        .changing(ClientHello.class, change::apply)
                        .handshake());
    }
}
