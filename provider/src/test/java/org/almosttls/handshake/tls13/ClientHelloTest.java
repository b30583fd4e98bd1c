package org.almosttls.handshake.tls13;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.almosttls.alert.Violation;
import org.almosttls.extension.Cookie;
import org.almosttls.extension.KeyShareEntry;
import org.almosttls.extension.KeyShares;
import org.almosttls.extension.SelectedVersion;
import org.almosttls.handshake.Action;
import org.almosttls.message.ClientHello;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server refuses of a client's first offer. */
class ClientHelloTest {

    private static StatePair pair(UnaryOperator<ClientHello> change) throws Exception {
        return new StatePair(
                        Tls13.client().build(),
                        Tls13.server(TestCertificates.ecServer()).build())
                .changing(ClientHello.class, change::apply);
    }

    private static StatePair pairOfShares(UnaryOperator<List<KeyShareEntry>> change) throws Exception {
        return pair(hello -> Hellos.extensions(
                hello,
                all -> all.stream()
                        .map(each ->
                                each instanceof KeyShares shares ? new KeyShares(change.apply(shares.entries())) : each)
                        .toList()));
    }

    private static KeyShareEntry share(NamedGroup group) {
        return new KeyShareEntry(group, new byte[65]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0100", "01", "0001", "0000"})
    void nothingButNullCompressionIsOffered(String methods) throws Exception {
        var pair = pair(hello -> Hellos.compression(hello, HexFormat.of().parseHex(methods)));
        Expect.violation(Violation.COMPRESSION_OFFERED, pair::handshake);
    }

    static Stream<ExtensionType> needed() {
        return Stream.of(ExtensionType.SIGNATURE_ALGORITHMS, ExtensionType.SUPPORTED_GROUPS, ExtensionType.KEY_SHARE);
    }

    @ParameterizedTest
    @MethodSource("needed")
    void whatIsNeededIsThere(ExtensionType type) throws Exception {
        var pair = pair(hello -> Hellos.extensions(hello, Hellos.without(type)));
        Expect.violation(Violation.EXTENSION_MISSING, pair::handshake);
    }

    @Test
    void aFirstHelloHasNoCookie() throws Exception {
        var pair = pair(hello -> Hellos.extensions(hello, Hellos.plus(new Cookie(new byte[1]))));
        Expect.violation(Violation.COOKIE_NOT_GIVEN, pair::handshake);
    }

    @Test
    void noExtensionComesTwice() throws Exception {
        var pair = pair(hello -> Hellos.extensions(hello, Hellos.plus(new KeyShares(List.of()))));
        Expect.violation(Violation.DUPLICATE_EXTENSION, pair::handshake);
    }

    @Test
    void thereIsOneShareOfAGroup() throws Exception {
        var pair = pairOfShares(shares -> List.of(shares.get(0), shares.get(1), shares.get(1)));
        Expect.violation(Violation.KEY_SHARE_TWICE, pair::handshake);
    }

    @Test
    void sharesAreOfGroupsThatAreOffered() throws Exception {
        var pair = pairOfShares(shares -> List.of(shares.get(0), share(NamedGroup.FFDHE8192)));
        Expect.violation(Violation.KEY_SHARE_WITHOUT_GROUP, pair::handshake);
    }

    @Test
    void sharesAreInTheOrderOfTheirGroups() throws Exception {
        var pair = pairOfShares(shares -> List.of(shares.get(1), shares.get(0)));
        Expect.violation(Violation.KEY_SHARES_OUT_OF_ORDER, pair::handshake);
    }

    static Stream<Arguments> groupsAndLengths() {
        return Stream.of(NamedGroup.X25519_MLKEM768, NamedGroup.SECP256R1_MLKEM768, NamedGroup.SECP384R1_MLKEM1024)
                .flatMap(group -> Stream.of(-1, 1).map(change -> Arguments.of(group, change)));
    }

    @ParameterizedTest
    @MethodSource("groupsAndLengths")
    void hybridSharesAreAsLongAsTheirParts(NamedGroup group, int change) throws Exception {
        var pair = changedShare(group, key -> Arrays.copyOf(key, key.length + change));
        Expect.violation(Violation.BAD_PUBLIC_KEY, pair::handshake);
    }

    /** The client has one share of this group, which comes as what is made of it. */
    private static StatePair changedShare(NamedGroup group, UnaryOperator<byte[]> change) throws Exception {
        return new StatePair(
                        Tls13.client().groups(group).build(),
                        Tls13.server(TestCertificates.ecServer()).build())
                .changing(
                        ClientHello.class,
                        hello -> Hellos.extensions(
                                hello,
                                Hellos.with(new KeyShares(List.of(new KeyShareEntry(
                                        group,
                                        change.apply(hello.extensions()
                                                .find(KeyShares.class)
                                                .orElseThrow()
                                                .entries()
                                                .get(0)
                                                .keyExchange())))))));
    }

    @Test
    void aFieldsValueIsAsLongAsItsPrime() throws Exception {
        var pair = changedShare(NamedGroup.FFDHE2048, key -> Arrays.copyOf(new byte[1], key.length + 1));
        Expect.violation(Violation.BAD_PUBLIC_KEY, pair::handshake);
    }

    @Test
    void aFieldsValueIsNeitherOneNorItsInverse() throws Exception {
        var pair = changedShare(NamedGroup.FFDHE2048, key -> {
            var one = new byte[key.length];
            one[one.length - 1] = 1;
            return one;
        });
        Expect.violation(Violation.PUBLIC_VALUE_OUT_OF_RANGE, pair::handshake);
    }

    static Stream<NamedGroup> curves() {
        return Stream.of(
                NamedGroup.X25519, NamedGroup.X448, NamedGroup.SECP256R1, NamedGroup.SECP384R1, NamedGroup.SECP521R1);
    }

    /** Of X25519 and X448 that is the point whose multiples are all zeroes; of the others no point at all. */
    @ParameterizedTest
    @MethodSource("curves")
    void noSecretIsMadeOfZeroes(NamedGroup group) throws Exception {
        var pair = changedShare(group, key -> new byte[key.length]);
        Expect.violation(Violation.BAD_PUBLIC_KEY, pair::handshake);
    }

    @ParameterizedTest
    @MethodSource("curves")
    void sharesOfCurvesAreAsLongAsTheirPoints(NamedGroup group) throws Exception {
        var pair = changedShare(group, key -> Arrays.copyOf(key, key.length - 1));
        Expect.violation(Violation.BAD_PUBLIC_KEY, pair::handshake);
    }

    /** RFC 8446 §4.2.8.2: a point of another curve would tell of the key that it is multiplied by. */
    @ParameterizedTest
    @ValueSource(ints = {0x0017, 0x0018, 0x0019})
    void pointsAreOnTheirCurve(int group) throws Exception {
        var pair = changedShare(new NamedGroup(group), key -> {
            byte[] off = key.clone();
            off[off.length - 1] ^= 1;
            return off;
        });
        Expect.violation(Violation.BAD_PUBLIC_KEY, pair::handshake);
    }

    /** RFC 8446 §4.2.8: the key share is judged before ServerHello leaves. */
    @Test
    void nothingIsAnsweredToABadShare() throws Exception {
        var pair = changedShare(NamedGroup.X25519, key -> new byte[key.length]);
        Expect.violation(Violation.BAD_PUBLIC_KEY, pair::handshake);
        assertTrue(pair.server().outbox().isEmpty());
    }

    @Test
    void legacyVersionIsPassedOver() throws Exception {
        for (int version : new int[] {0x0300, 0x0303, 0x0304, 0x7F7F}) {
            var pair = pair(hello -> Hellos.version(hello, new ProtocolVersion(version)))
                    .until(HandshakeType.SERVER_HELLO);
            assertEquals(
                    ProtocolVersion.TLS_1_3.code(),
                    ((ServerHello) pair.server()
                                    .actions(Action.Send.class)
                                    .get(0)
                                    .message()
                                    .message())
                            .extensions()
                            .find(SelectedVersion.class)
                            .orElseThrow()
                            .version()
                            .code());
        }
    }

    @Test
    void withoutSupportedVersionsLegacyVersionDoesNotSay13() throws Exception {
        var pair = pair(hello -> Hellos.version(
                Hellos.extensions(hello, Hellos.without(ExtensionType.SUPPORTED_VERSIONS)), ProtocolVersion.TLS_1_3));
        Expect.violation(Violation.VERSION_NOT_SUPPORTED, pair::handshake);
    }

    @Test
    void suitesGroupsSchemesAndKeysMustHaveSomethingInCommon() throws Exception {
        var server = Tls13.server(TestCertificates.ecServer());
        refused(Violation.NO_COMMON_SUITE, server.suites(CipherSuite.TLS_CHACHA20_POLY1305_SHA256));
        refused(Violation.NO_COMMON_GROUP, server.groups(NamedGroup.SECP521R1));
        refused(Violation.NO_CREDENTIAL, server.schemes(SignatureScheme.ED25519));
        refused(
                Violation.NO_COMMON_SCHEME,
                Tls13.server(TestCertificates.ecP384Server()).schemes(SignatureScheme.ECDSA_SECP256R1_SHA256));
    }

    private static void refused(Violation violation, TestConfig server) throws Exception {
        var client = Tls13.client().suites(CipherSuite.TLS_AES_128_GCM_SHA256).groups(NamedGroup.X25519);
        var pair = new StatePair(client.build(), server.build());
        Expect.violation(violation, pair::handshake);
    }
}
