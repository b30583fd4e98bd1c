package org.almosttls.handshake.hello;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.Extension;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.extension.SupportedVersions;
import org.almosttls.extension.UnknownExtension;
import org.almosttls.handshake.Action;
import org.almosttls.message.CertificateRequest;
import org.almosttls.message.CertificateVerify;
import org.almosttls.message.ClientHello;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.ServerHello;
import org.almosttls.message.ServerKeyExchange;
import org.almosttls.message.ServerParams.ServerEcdhParams;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.StateEnd;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 8701: values that stand for nothing, sent if asked for, passed over when they come, and never chosen. */
class GreaseTest {

    static IntStream values() {
        return IntStream.range(0, 16).map(i -> 0x0A0A + 0x1010 * i);
    }

    private static TestConfig client() {
        return TestConfig.client(TestCertificates.ecClient())
                .suites(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)
                .applicationProtocols("h2");
    }

    private static TestConfig greasing() {
        return client().requesting(Feature.GREASE);
    }

    private static TestConfig server() {
        return TestConfig.server(TestCertificates.rsaServer()).applicationProtocols("h2");
    }

    private static ClientHello hello(TestConfig config) throws TlsAlertException {
        var sent = new StateEnd(config.build()).actions(Action.Send.class).get(0);
        return (ClientHello) sent.message().message();
    }

    private static <T> List<T> before(T value, List<T> all) {
        return Stream.concat(Stream.of(value), all.stream()).toList();
    }

    @Test
    void nothingOfTheKindIsSentUnasked() throws Exception {
        var hello = hello(client());
        assertFalse(hello.cipherSuites().stream().anyMatch(CipherSuite::isGrease));
        assertFalse(hello.extensions().types().stream().anyMatch(ExtensionType::isGrease));
    }

    /** RFC 8701 §3.1: extensions with varying contents; the one that comes last has a body. */
    @Test
    void aClientThatIsAskedToSendsASuiteAGroupASchemeAndTwoExtensions() throws Exception {
        var hello = hello(greasing());
        var plain = hello(client());
        assertTrue(hello.cipherSuites().get(0).isGrease());
        assertEquals(plain.cipherSuites(), hello.cipherSuites().subList(1, 2));
        var groups =
                hello.extensions().find(SupportedGroups.class).orElseThrow().groups();
        assertEquals(1, groups.stream().filter(NamedGroup::isGrease).count());
        var schemes =
                hello.extensions().find(SignatureAlgorithms.class).orElseThrow().schemes();
        assertEquals(1, schemes.stream().filter(SignatureScheme::isGrease).count());
        var meant = hello.extensions().all().stream()
                .filter(each -> each.type() != ExtensionType.PADDING)
                .toList();
        var first = (UnknownExtension) meant.get(0);
        var last = (UnknownExtension) meant.get(meant.size() - 1);
        assertTrue(first.type().isGrease() && last.type().isGrease());
        assertNotEquals(first.type(), last.type());
        assertEquals(0, first.body().length);
        assertArrayEquals(new byte[1], last.body());
    }

    @Test
    void whatIsSentDiffersFromOfferToOffer() throws Exception {
        var suites = new HashSet<CipherSuite>();
        for (int seed = 0; seed < 64; seed++) {
            var hello = hello(greasing().with("randomness", new FixedRandomness(seed)));
            suites.add(hello.cipherSuites().get(0));
            assertFalse(hello.extensions().hasDuplicates(), "seed " + seed);
        }
        assertTrue(suites.size() > 8, suites.toString());
    }

    @Test
    void aHandshakeWithItComesToTheSameAgreement() throws Exception {
        var with = new StatePair(greasing().build(), server().build()).handshake();
        var without = new StatePair(client().build(), server().build()).handshake();
        var one = with.client().session().orElseThrow();
        var other = without.client().session().orElseThrow();
        assertEquals(other.cipherSuite(), one.cipherSuite());
        assertEquals(other.group(), one.group());
        assertEquals(other.scheme(), one.scheme());
        assertEquals(other.applicationProtocol(), one.applicationProtocol());
    }

    /** RFC 8701 §3.2: a server must not treat them differently from any other value that it does not know. */
    @ParameterizedTest
    @MethodSource("values")
    void aServerPassesOverEachOfThem(int value) throws Exception {
        var pair = new StatePair(client().build(), server().build())
                .changing(ClientHello.class, hello -> greased(hello, value));
        Expect.violation(Violation.WRONG_FINISHED, pair::handshake);
        var answer = (ServerHello)
                pair.server().actions(Action.Send.class).get(0).message().message();
        assertEquals(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, answer.cipherSuite());
        assertEquals(ProtocolVersion.TLS_1_2, answer.legacyVersion());
        assertEquals(
                List.of("h2"),
                answer.extensions()
                        .find(ApplicationProtocols.class)
                        .orElseThrow()
                        .names());
        assertFalse(answer.extensions().types().stream().anyMatch(ExtensionType::isGrease));
    }

    private static ClientHello greased(ClientHello hello, int value) {
        var suites = Hellos.suites(hello, before(new CipherSuite(value), hello.cipherSuites()));
        return Hellos.extensions(suites, all -> {
            var changed = new ArrayList<Extension>();
            changed.add(new UnknownExtension(new ExtensionType(value), new byte[value & 3]));
            changed.add(new SupportedVersions(List.of(new ProtocolVersion(value), ProtocolVersion.TLS_1_2)));
            for (var each : all) changed.add(greased(each, value));
            return changed;
        });
    }

    private static Extension greased(Extension extension, int value) {
        if (extension instanceof SupportedGroups offer)
            return new SupportedGroups(before(new NamedGroup(value), offer.groups()));
        if (extension instanceof SignatureAlgorithms offer)
            return new SignatureAlgorithms(before(new SignatureScheme(value), offer.schemes()));
        if (extension instanceof ApplicationProtocols offer) {
            char octet = (char) (value & 0xFF);
            return new ApplicationProtocols(before("" + octet + octet, offer.names()));
        }
        return extension;
    }

    /** RFC 8701 §4.2: a client passes over what a server asks for and it does not know. */
    @ParameterizedTest
    @MethodSource("values")
    void aClientPassesOverThemInACertificateRequest(int value) throws Exception {
        var pair = new StatePair(
                        client().build(),
                        server().asking(ClientAuthentication.WANT).build())
                .changing(
                        CertificateRequest.class,
                        request -> new CertificateRequest(
                                before(value & 0xFF, request.certificateTypes()),
                                before(new SignatureScheme(value), request.schemes()),
                                request.authorities()));
        // The client has signed something else than the server has said.
        Expect.violation(Violation.WRONG_SIGNATURE, pair::handshake);
    }

    /** RFC 8701 §3.1: a client must fail the connection at each of these, also where it has offered the very value. */
    @Test
    void aServerThatChoosesASuiteOfThemIsRefused() throws Exception {
        refuses(
                Violation.SUITE_NOT_OFFERED,
                ServerHello.class,
                offer -> hello -> Hellos.suite(hello, offer.cipherSuites().get(0)));
    }

    @Test
    void aServerThatChoosesAVersionOfThemIsRefused() throws Exception {
        refuses(
                Violation.VERSION_NOT_OFFERED,
                ServerHello.class,
                offer -> hello -> Hellos.version(hello, new ProtocolVersion(0x7A7A)));
    }

    @Test
    void aServerThatAnswersAnExtensionOfThemIsRefused() throws Exception {
        for (int which : List.of(0, 1)) {
            refuses(Violation.EXTENSION_NOT_OFFERED, ServerHello.class, offer -> hello -> {
                var offered = offer.extensions().types().stream()
                        .filter(ExtensionType::isGrease)
                        .toList();
                return Hellos.extensions(hello, Hellos.plus(new UnknownExtension(offered.get(which), new byte[0])));
            });
        }
    }

    @Test
    void aServerThatChoosesAGroupOfThemIsRefused() throws Exception {
        refuses(Violation.GROUP_NOT_OFFERED, ServerKeyExchange.class, offer -> exchange -> {
            var group = offer.extensions()
                    .find(SupportedGroups.class)
                    .orElseThrow()
                    .groups()
                    .get(0);
            return new ServerKeyExchange(
                    new ServerEcdhParams(group, new byte[32]), exchange.scheme(), exchange.signature());
        });
    }

    @Test
    void aServerThatSignsByASchemeOfThemIsRefused() throws Exception {
        refuses(Violation.SCHEME_NOT_OFFERED, ServerKeyExchange.class, offer -> exchange -> {
            var scheme = offer.extensions()
                    .find(SignatureAlgorithms.class)
                    .orElseThrow()
                    .schemes()
                    .get(0);
            return new ServerKeyExchange(exchange.params(), scheme, exchange.signature());
        });
    }

    @Test
    void aServerThatChoosesAProtocolOfThemIsRefused() throws Exception {
        refuses(
                Violation.ALPN_NOT_OFFERED,
                ServerHello.class,
                offer -> hello ->
                        Hellos.extensions(hello, Hellos.with(new ApplicationProtocols(List.of("\u001a\u001a")))));
    }

    /** RFC 8701 §4.1: a server must fail the connection. */
    @Test
    void aClientThatSignsByASchemeOfThemIsRefused() throws Exception {
        var pair = new StatePair(
                        TestConfig.client(TestCertificates.ecClient()).build(),
                        server().asking(ClientAuthentication.NEED).build())
                .changing(
                        CertificateVerify.class,
                        proof -> new CertificateVerify(new SignatureScheme(0x5A5A), proof.signature()));
        Expect.violation(Violation.SCHEME_NOT_OFFERED, pair::handshake);
    }

    /** @param change what the server's message becomes, by the client's offer */
    private static <M extends HandshakeMessage> void refuses(
            Violation violation, Class<M> kind, Function<ClientHello, Function<M, HandshakeMessage>> change)
            throws TlsAlertException {
        var pair = new StatePair(greasing().build(), server().build());
        var offer = (ClientHello)
                pair.client().actions(Action.Send.class).get(0).message().message();
        pair.changing(kind, change.apply(offer));
        Expect.violation(violation, pair::handshake);
    }
}
