package org.almosttls.handshake.tls13;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.almosttls.alert.Violation;
import org.almosttls.extension.Cookie;
import org.almosttls.extension.EncryptThenMac;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.KeyShare;
import org.almosttls.extension.KeyShareEntry;
import org.almosttls.extension.KeyShares;
import org.almosttls.extension.Padding;
import org.almosttls.extension.RequestedKeyShare;
import org.almosttls.extension.SelectedPreSharedKey;
import org.almosttls.extension.SelectedVersion;
import org.almosttls.extension.UnknownExtension;
import org.almosttls.handshake.Action;
import org.almosttls.message.ClientHello;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HelloRetryRequest and what both ends have to see to (RFC 8446 §4.1.4, §4.1.2). */
class RetryTest {

    /** The client has no share in the only group that the server has. */
    private static StatePair pair() throws Exception {
        return new StatePair(
                Tls13.client().build(),
                Tls13.server(TestCertificates.ecServer())
                        .groups(NamedGroup.SECP256R1)
                        .build());
    }

    private static StatePair changingRetry(UnaryOperator<ServerHello> change) throws Exception {
        return pair().changing(ServerHello.class, hello -> hello.isHelloRetryRequest() ? change.apply(hello) : hello);
    }

    private static StatePair changingAnswer(UnaryOperator<ServerHello> change) throws Exception {
        return pair().changing(ServerHello.class, hello -> hello.isHelloRetryRequest() ? hello : change.apply(hello));
    }

    private static StatePair changingSecond(UnaryOperator<ClientHello> change) throws Exception {
        var hellos = new ArrayList<ClientHello>();
        return pair().changing(ClientHello.class, hello -> {
            hellos.add(hello);
            return hellos.size() == 2 ? change.apply(hello) : hello;
        });
    }

    @Test
    void theServerAsksForAShareInItsGroupAndGetsIt() throws Exception {
        var pair = pair().handshake();
        for (var end : List.of(pair.client(), pair.server()))
            assertEquals(
                    Optional.of(NamedGroup.SECP256R1),
                    end.session().orElseThrow().group());
    }

    @Test
    void theWireSeesOneChangeCipherSpecOfEachEnd() throws Exception {
        var pair = pair().handshake();
        var client = pair.client().actions(Action.SendChangeCipherSpec.class);
        var server = pair.server().actions(Action.SendChangeCipherSpec.class);
        assertEquals(List.of(1, 1), List.of(client.size(), server.size()));
    }

    @Test
    void dataFlowsAfterwards() throws Exception {
        var pair = new ConnectionPair(
                Tls13.client()
                        .groups(NamedGroup.X25519, NamedGroup.SECP384R1_MLKEM1024)
                        .build(),
                Tls13.server(TestCertificates.ecServer())
                        .groups(NamedGroup.SECP384R1_MLKEM1024)
                        .build());
        pair.handshake();
        HappyPathsTest.assertDataFlows(pair);
    }

    @Test
    void aCookieComesBack() throws Exception {
        var cookie = new Cookie(new byte[] {1, 2, 3});
        var pair = changingRetry(retry -> Hellos.extensions(retry, Hellos.plus(cookie)));
        // The server, which has given none, is not to be asked.
        Expect.violation(Violation.COOKIE_NOT_GIVEN, pair::handshake);
        var hellos = pair.client().actions(Action.Send.class);
        var second = (ClientHello) hellos.get(1).message().message();
        assertArrayEquals(
                cookie.cookie(),
                second.extensions().find(Cookie.class).orElseThrow().cookie());
    }

    /** RFC 8446 §4.1.4: as a ServerHello is, before anything else. */
    @Test
    void aRetryIsJudgedAsAServerHelloIs() throws Exception {
        Expect.violation(
                Violation.LEGACY_VERSION_WRONG,
                changingRetry(retry -> Hellos.version(retry, ProtocolVersion.TLS_1_3))::handshake);
        Expect.violation(
                Violation.SESSION_ID_NOT_ECHOED,
                changingRetry(retry -> Hellos.session(retry, new byte[32]))::handshake);
        Expect.violation(
                Violation.SUITE_NOT_OFFERED,
                changingRetry(retry -> Hellos.suite(retry, new CipherSuite(0x1304)))::handshake);
        Expect.violation(
                Violation.COMPRESSION_NOT_OFFERED, changingRetry(retry -> Hellos.compression(retry, 1))::handshake);
        var version = new SelectedVersion(ProtocolVersion.TLS_1_2);
        Expect.violation(
                Violation.VERSION_NOT_OFFERED,
                changingRetry(retry -> Hellos.extensions(retry, Hellos.with(version)))::handshake);
        Expect.violation(
                Violation.DUPLICATE_EXTENSION,
                changingRetry(retry ->
                        Hellos.extensions(retry, Hellos.plus(new RequestedKeyShare(NamedGroup.SECP256R1))))::handshake);
    }

    @Test
    void aRetrySaysItsVersion() throws Exception {
        var pair = changingRetry(retry -> Hellos.extensions(retry, Hellos.without(ExtensionType.SUPPORTED_VERSIONS)));
        Expect.violation(Violation.EXTENSION_MISSING, pair::handshake);
    }

    @Test
    void aRetryAnswersNothingThatWasNotOfferedButByACookie() throws Exception {
        var unknown = new UnknownExtension(new ExtensionType(0x7F00), new byte[0]);
        var pair = changingRetry(retry -> Hellos.extensions(retry, Hellos.plus(unknown)));
        Expect.violation(Violation.EXTENSION_NOT_OFFERED, pair::handshake);
    }

    /** RFC 8446 §4.2.2: of whatever length. */
    @ParameterizedTest
    @ValueSource(ints = {1, 1000, 32_000, 58_000})
    void aCookieOfAnyLengthComesBack(int length) throws Exception {
        var cookie = new Cookie(new byte[length]);
        var pair = changingRetry(retry -> Hellos.extensions(retry, Hellos.plus(cookie)));
        Expect.violation(Violation.COOKIE_NOT_GIVEN, pair::handshake);
    }

    @ParameterizedTest
    @ValueSource(ints = {65_000, 65_500})
    void aCookieThatLeavesNoRoomIsRefused(int length) throws Exception {
        var cookie = new Cookie(new byte[length]);
        var pair = changingRetry(retry -> Hellos.extensions(retry, Hellos.plus(cookie)));
        Expect.violation(Violation.COOKIE_TOO_LONG, pair::handshake);
    }

    /** RFC 8446 §4.2: it has no place in ServerHello. */
    @Test
    void nothingButARetryHasACookie() throws Exception {
        var cookie = new Cookie(new byte[1]);
        var late = changingAnswer(hello -> Hellos.extensions(hello, Hellos.plus(cookie)));
        Expect.violation(Violation.EXTENSION_NOT_OFFERED, late::handshake);
        var first = new StatePair(
                        Tls13.client().build(),
                        Tls13.server(TestCertificates.ecServer()).build())
                .changing(ServerHello.class, hello -> Hellos.extensions(hello, Hellos.plus(cookie)));
        Expect.violation(Violation.EXTENSION_NOT_OFFERED, first::handshake);
    }

    @Test
    void aRetryThatChangesNothingIsRefused() throws Exception {
        var empty = changingRetry(retry -> Hellos.extensions(retry, Hellos.without(ExtensionType.KEY_SHARE)));
        Expect.violation(Violation.RETRY_CHANGES_NOTHING, empty::handshake);
        var there =
                changingRetry(retry -> Hellos.extensions(retry, Hellos.with(new RequestedKeyShare(NamedGroup.X25519))));
        Expect.violation(Violation.RETRY_CHANGES_NOTHING, there::handshake);
    }

    @Test
    void aRetryIsForAGroupThatWasOffered() throws Exception {
        var pair = changingRetry(
                retry -> Hellos.extensions(retry, Hellos.with(new RequestedKeyShare(NamedGroup.FFDHE8192))));
        Expect.violation(Violation.GROUP_NOT_OFFERED, pair::handshake);
    }

    @Test
    void thereIsOneRetry() throws Exception {
        var pair = pair().changing(
                        ServerHello.class,
                        hello -> hello.isHelloRetryRequest()
                                ? hello
                                : ServerHello.helloRetryRequest(
                                        hello.sessionId(),
                                        hello.cipherSuite(),
                                        Extensions.of(List.of(
                                                new SelectedVersion(ProtocolVersion.TLS_1_3),
                                                new RequestedKeyShare(NamedGroup.SECP384R1)))));
        Expect.violation(Violation.RETRY_REPEATED, pair::handshake);
    }

    @Test
    void theSuiteStays() throws Exception {
        var pair = changingAnswer(hello -> Hellos.suite(hello, CipherSuite.TLS_CHACHA20_POLY1305_SHA256));
        Expect.violation(Violation.RETRY_SUITE_CHANGED, pair::handshake);
    }

    @Test
    void theVersionStays() throws Exception {
        var pair = changingAnswer(hello -> Hellos.extensions(hello, Hellos.without(ExtensionType.SUPPORTED_VERSIONS)));
        Expect.violation(Violation.VERSION_NOT_OFFERED, pair::handshake);
    }

    @Test
    void theGroupIsTheOneThatWasAskedFor() throws Exception {
        var share = new KeyShare(new KeyShareEntry(NamedGroup.X25519, new byte[32]));
        var pair = changingAnswer(hello -> Hellos.extensions(hello, Hellos.with(share)));
        Expect.violation(Violation.GROUP_NOT_OFFERED, pair::handshake);
    }

    @Test
    void theSecondAnswerHasNoExtensionTwiceNorUnasked() throws Exception {
        var twice = changingAnswer(
                hello -> Hellos.extensions(hello, Hellos.plus(new SelectedVersion(ProtocolVersion.TLS_1_3))));
        Expect.violation(Violation.DUPLICATE_EXTENSION, twice::handshake);
        var unasked = changingAnswer(hello -> Hellos.extensions(hello, Hellos.plus(new SelectedPreSharedKey(0))));
        Expect.violation(Violation.EXTENSION_NOT_OFFERED, unasked::handshake);
    }

    static Stream<UnaryOperator<ClientHello>> changes() {
        return Stream.of(
                hello -> Hellos.version(hello, ProtocolVersion.TLS_1_1),
                hello -> new ClientHello(
                        hello.legacyVersion(),
                        new byte[32],
                        hello.sessionId(),
                        hello.cipherSuites(),
                        hello.compressionMethods(),
                        hello.extensions()),
                hello -> new ClientHello(
                        hello.legacyVersion(),
                        hello.random(),
                        new byte[0],
                        hello.cipherSuites(),
                        hello.compressionMethods(),
                        hello.extensions()),
                hello -> Hellos.suites(hello, hello.cipherSuites().subList(1, 3)),
                hello -> Hellos.compression(hello, (byte) 1, (byte) 0),
                hello -> Hellos.extensions(hello, Hellos.without(ExtensionType.SERVER_NAME)),
                hello -> Hellos.extensions(hello, Hellos.plus(new EncryptThenMac())),
                hello -> Hellos.extensions(hello, all -> {
                    var turned = new ArrayList<>(all);
                    Collections.reverse(turned);
                    return turned;
                }));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void theSecondOfferIsTheFirst(UnaryOperator<ClientHello> change) throws Exception {
        Expect.violation(Violation.SECOND_HELLO_DIFFERS, changingSecond(change)::handshake);
    }

    @Test
    void theSecondOfferMayBePadded() throws Exception {
        var pair = changingSecond(hello -> Hellos.extensions(hello, Hellos.plus(new Padding(new byte[9]))))
                .until(HandshakeType.ENCRYPTED_EXTENSIONS);
        assertEquals("WaitFinished", pair.server().state().getClass().getSimpleName());
    }

    static Stream<UnaryOperator<List<KeyShareEntry>>> otherShares() {
        return Stream.of(
                shares -> List.of(),
                shares -> List.of(new KeyShareEntry(NamedGroup.X25519, new byte[32])),
                shares -> List.of(new KeyShareEntry(NamedGroup.X25519, new byte[32]), shares.get(0)));
    }

    @ParameterizedTest
    @MethodSource("otherShares")
    void theSecondOfferHasTheOneShareThatWasAskedFor(UnaryOperator<List<KeyShareEntry>> change) throws Exception {
        var pair = changingSecond(hello -> Hellos.extensions(
                hello,
                all -> all.stream()
                        .map(each ->
                                each instanceof KeyShares shares ? new KeyShares(change.apply(shares.entries())) : each)
                        .toList()));
        Expect.violation(Violation.KEY_SHARE_NOT_AS_REQUESTED, pair::handshake);
    }
}
