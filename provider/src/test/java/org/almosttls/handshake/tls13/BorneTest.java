package org.almosttls.handshake.tls13;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.KeyShareEntry;
import org.almosttls.extension.KeyShares;
import org.almosttls.extension.PreSharedKeyModes;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.extension.SupportedVersions;
import org.almosttls.extension.UnknownExtension;
import org.almosttls.message.ClientHello;
import org.almosttls.message.EncryptedExtensions;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a hello may have in it and nobody must stumble over. */
class BorneTest {

    /** The server's state and messages once it has taken the client's hello as it is changed. */
    private static StatePair offered(UnaryOperator<ClientHello> change) throws Exception {
        return new StatePair(
                        Tls13.client().build(),
                        Tls13.server(TestCertificates.ecServer()).build())
                .changing(ClientHello.class, change::apply);
    }

    private static ServerHello answer(StatePair pair) throws TlsAlertException {
        pair.deliverNext();
        byte[] bytes = pair.server().outbox().element().bytes();
        return (ServerHello) HandshakeDecoder.HELLOS.decode(bytes);
    }

    private static UnaryOperator<ClientHello> extending(UnaryOperator<List<Extension>> change) {
        return hello -> Hellos.extensions(hello, change);
    }

    /** The same list with something in front of it that nobody knows. */
    private static Extension longer(Extension extension) {
        if (extension instanceof SupportedGroups offer)
            return new SupportedGroups(first(new NamedGroup(0x7A7A), offer.groups()));
        if (extension instanceof SignatureAlgorithms offer)
            return new SignatureAlgorithms(first(new SignatureScheme(0x7A7A), offer.schemes()));
        if (extension instanceof SupportedVersions offer)
            return new SupportedVersions(first(new ProtocolVersion(0x7A7A), offer.versions()));
        if (extension instanceof KeyShares offer)
            return new KeyShares(first(new KeyShareEntry(new NamedGroup(0x7A7A), new byte[9]), offer.entries()));
        return extension;
    }

    private static <T> List<T> first(T unknown, List<T> known) {
        return Stream.concat(Stream.of(unknown), known.stream()).toList();
    }

    static Stream<UnaryOperator<ClientHello>> unknown() {
        return Stream.of(
                hello -> Hellos.suites(hello, first(new CipherSuite(0x7A7A), hello.cipherSuites())),
                extending(Hellos.plus(new UnknownExtension(new ExtensionType(0x7A7A), new byte[300]))),
                extending(all -> all.stream().map(BorneTest::longer).toList()),
                extending(Hellos.with(new PreSharedKeyModes(List.of(0x7A, 0, 1)))));
    }

    /** RFC 8446 §4.1.2, §4.2: whatever is not known is passed over. */
    @ParameterizedTest
    @MethodSource("unknown")
    void whatAServerDoesNotKnowItPassesOver(UnaryOperator<ClientHello> change) throws Exception {
        var answer = answer(offered(change));
        assertEquals(false, answer.isHelloRetryRequest());
        assertTrue(Tls13.SUITES.contains(answer.cipherSuite()));
    }

    /** RFC 8446 §4.2.8: a client may want to be asked for its share. */
    @Test
    void aHelloWithoutAnyShareIsAnsweredByHelloRetryRequest() throws Exception {
        assertTrue(answer(offered(extending(Hellos.with(new KeyShares(List.of())))))
                .isHelloRetryRequest());
    }

    /** RFC 8446 §4.2.7: what the server supports besides is told after the fact, and changes nothing. */
    @Test
    void aServerMayTellItsGroups() throws Exception {
        var pair = new StatePair(
                Tls13.client().build(),
                Tls13.server(TestCertificates.ecServer()).build());
        pair.changing(
                        EncryptedExtensions.class,
                        said -> new EncryptedExtensions(new Extensions(
                                first(
                                        new SupportedGroups(List.of(NamedGroup.FFDHE8192)),
                                        said.extensions().all()),
                                true)))
                .deliverNext();
        while (!pair.client().state().getClass().getSimpleName().equals("WaitCertificateOrRequest")) pair.deliverNext();
    }

    /** RFC 8446 §4.1.2: who began with an older version stays with it. */
    @Test
    void noRenegotiationLeadsFromAnOlderVersionToThis() throws Exception {
        var hellos = new ArrayList<ClientHello>();
        var versions = new SupportedVersions(List.of(ProtocolVersion.TLS_1_3, ProtocolVersion.TLS_1_2));
        var pair = new StatePair(
                        renegotiating(TestConfig.client()).build(),
                        renegotiating(Tls13.too(TestConfig.server(TestCertificates.ecServer())))
                                .build())
                .changing(ClientHello.class, hello -> {
                    hellos.add(hello);
                    return hellos.size() < 2 ? hello : Hellos.extensions(hello, Hellos.plus(versions));
                });
        pair.handshake();
        pair.client().renegotiate();
        pair.deliverNext();
        var answer = (ServerHello)
                HandshakeDecoder.HELLOS.decode(pair.server().outbox().element().bytes());
        assertEquals(2, hellos.size());
        assertEquals(ProtocolVersion.TLS_1_2, answer.legacyVersion());
        assertEquals(false, answer.extensions().has(ExtensionType.SUPPORTED_VERSIONS));
    }

    private static TestConfig renegotiating(TestConfig end) {
        return end.requesting(Feature.RENEGOTIATION);
    }
}
