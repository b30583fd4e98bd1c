package org.almosttls.handshake.tls13;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.Extension;
import org.almosttls.extension.KeyShareEntry;
import org.almosttls.extension.KeyShares;
import org.almosttls.extension.PreSharedKeyModes;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.extension.SignatureAlgorithmsCert;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.extension.SupportedVersions;
import org.almosttls.extension.UnknownExtension;
import org.almosttls.handshake.Action;
import org.almosttls.handshake.GreaseValues;
import org.almosttls.message.CertificateRequest13;
import org.almosttls.message.ClientHello;
import org.almosttls.message.NewSessionTicket13;
import org.almosttls.message.ServerHello;
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
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 8701 with TLS 1.3: what each end says that stands for nothing, and that the other passes over it. */
class Grease13Test extends Reunion {

    static IntStream values() {
        return IntStream.range(0, 16).map(GreaseValues::of);
    }

    private static TestConfig client(Feature... features) {
        return Tls13.client(TestCertificates.ecClient())
                .applicationProtocols("h2")
                .requesting(features);
    }

    private static TestConfig server(Feature... features) {
        return Tls13.server(TestCertificates.rsaServer())
                .applicationProtocols("h2")
                .requesting(features);
    }

    private static <M> List<M> sent(StateEnd end, Class<M> kind) {
        return end.actions(Action.Send.class).stream()
                .map(sent -> sent.message().message())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private static ClientHello hello(TestConfig config) throws TlsAlertException {
        return sent(new StateEnd(config.build()), ClientHello.class).get(0);
    }

    private static <E extends Extension> E in(ClientHello hello, Class<E> kind) {
        return hello.extensions().find(kind).orElseThrow();
    }

    private static <T> List<T> before(T value, List<T> meant) {
        return Stream.concat(Stream.of(value), meant.stream()).toList();
    }

    private static long grease(List<ExtensionType> types) {
        return types.stream().filter(ExtensionType::isGrease).count();
    }

    /** RFC 8701 §2. */
    @Test
    void theValuesAreThoseOfTheRfc() {
        assertEquals(0x0A0A, GreaseValues.of(0));
        assertEquals(0xFAFA, GreaseValues.of(-1));
        assertEquals(
                List.of(0x0B, 0x2A, 0x49, 0x68, 0x87, 0xA6, 0xC5, 0xE4),
                IntStream.range(0, 8).map(GreaseValues::ofMode).boxed().toList());
        assertEquals("\u002a\u002a", GreaseValues.protocol(0x2A2A));
    }

    /** RFC 8701 §3.1: in every list that the client has. */
    @Test
    void aClientOffersThemWhereverItCan() throws Exception {
        var hello = hello(client(Feature.GREASE)
                .sessions(ofClient)
                .with("certificateSchemes", List.of(SignatureScheme.ECDSA_SECP256R1_SHA256)));
        assertTrue(hello.cipherSuites().get(0).isGrease());
        assertTrue(in(hello, SupportedVersions.class).versions().get(0).isGrease());
        var group = in(hello, SupportedGroups.class).groups().get(0);
        assertTrue(group.isGrease());
        var share = in(hello, KeyShares.class).entries().get(0);
        assertEquals(group, share.group());
        assertEquals(1, share.keyExchange().length);
        assertTrue(in(hello, SignatureAlgorithms.class).schemes().get(0).isGrease());
        assertTrue(in(hello, SignatureAlgorithmsCert.class).schemes().get(0).isGrease());
        var modes = in(hello, PreSharedKeyModes.class).modes();
        assertEquals(2, modes.size());
        assertEquals(0x0B, modes.get(0) % 0x1F);
        assertEquals("h2", in(hello, ApplicationProtocols.class).names().get(0));
        assertTrue(in(hello, ApplicationProtocols.class).names().get(1).matches("(?s)(.)\\1"));
        assertEquals(2, grease(hello.extensions().types()));
    }

    @Test
    void aServerThatIsAskedToSaysThemInItsRequestAndBesideItsTickets() throws Exception {
        var pair = new StatePair(
                        client().sessions(ofClient).build(),
                        server(Feature.GREASE)
                                .sessions(ofServer)
                                .asking(ClientAuthentication.NEED)
                                .build())
                .handshake();
        var request = sent(pair.server(), CertificateRequest13.class).get(0).extensions();
        assertEquals(2, grease(request.types()));
        assertTrue(request.find(SignatureAlgorithms.class)
                .orElseThrow()
                .schemes()
                .get(0)
                .isGrease());
        for (var ticket : sent(pair.server(), NewSessionTicket13.class)) {
            assertEquals(1, grease(ticket.extensions().types()));
        }
        assertFalse(sent(pair.server(), NewSessionTicket13.class).isEmpty());
        assertEquals(
                TestCertificates.ecClient().chain(),
                pair.server().session().orElseThrow().peerChain());
    }

    @Test
    void unaskedAServerSaysNothingOfTheKind() throws Exception {
        var pair = new StatePair(
                        client().sessions(ofClient).build(),
                        server().sessions(ofServer)
                                .asking(ClientAuthentication.NEED)
                                .build())
                .handshake();
        assertEquals(
                0,
                grease(sent(pair.server(), CertificateRequest13.class)
                        .get(0)
                        .extensions()
                        .types()));
        assertEquals(
                0,
                grease(sent(pair.server(), NewSessionTicket13.class)
                        .get(0)
                        .extensions()
                        .types()));
    }

    @Test
    void whatAServerSaysDiffersFromTimeToTime() throws Exception {
        var types = new HashSet<ExtensionType>();
        for (int seed = 0; seed < 40; seed++) {
            var pair = new StatePair(
                            client().build(),
                            server(Feature.GREASE)
                                    .with("randomness", new FixedRandomness(seed))
                                    .asking(ClientAuthentication.WANT)
                                    .build())
                    .handshake();
            var said = sent(pair.server(), CertificateRequest13.class).get(0).extensions();
            assertFalse(said.hasDuplicates());
            types.add(said.types().get(0));
        }
        assertTrue(types.size() > 8, types.toString());
    }

    @Test
    void aHandshakeWithThemComesToTheSameAgreement() throws Exception {
        var with = new StatePair(
                        client(Feature.GREASE).build(), server(Feature.GREASE).build())
                .handshake();
        var without = new StatePair(client().build(), server().build()).handshake();
        var one = with.client().session().orElseThrow();
        var other = without.client().session().orElseThrow();
        assertEquals(other.cipherSuite(), one.cipherSuite());
        assertEquals(other.group(), one.group());
        assertEquals(other.scheme(), one.scheme());
        assertEquals(Optional.of("h2"), one.applicationProtocol());
    }

    @Test
    void andGoesOnLater() throws Exception {
        for (boolean resumes : new boolean[] {false, true}) {
            var pair = meeting(client -> client.requesting(Feature.GREASE), server -> server.requesting(Feature.GREASE))
                    .handshake();
            assertEquals(resumes, isResumed(pair));
        }
    }

    /** RFC 8701 §3.2: a server treats them as anything else that it does not know. */
    @ParameterizedTest
    @MethodSource("values")
    void aServerPassesOverEachOfThem(int value) throws Exception {
        var pair = new StatePair(client().build(), server().build())
                .changing(ClientHello.class, hello -> greased(hello, value));
        // The client has sent something else than the server has read.
        Expect.violation(Violation.WRONG_SIGNATURE, pair::handshake);
        var answer = sent(pair.server(), ServerHello.class).get(0);
        assertFalse(answer.isHelloRetryRequest());
        assertTrue(Tls13.SUITES.contains(answer.cipherSuite()));
        assertEquals(0, grease(answer.extensions().types()));
    }

    private static ClientHello greased(ClientHello hello, int value) {
        var suites = Hellos.suites(hello, before(new CipherSuite(value), hello.cipherSuites()));
        return Hellos.extensions(suites, all -> {
            var changed = new ArrayList<Extension>();
            changed.add(new UnknownExtension(new ExtensionType(value), new byte[value & 3]));
            for (var each : all) changed.add(greased(each, value));
            return changed;
        });
    }

    private static Extension greased(Extension extension, int value) {
        if (extension instanceof SupportedVersions offer)
            return new SupportedVersions(before(new ProtocolVersion(value), offer.versions()));
        if (extension instanceof SupportedGroups offer)
            return new SupportedGroups(before(new NamedGroup(value), offer.groups()));
        if (extension instanceof KeyShares offer)
            return new KeyShares(before(new KeyShareEntry(new NamedGroup(value), new byte[1]), offer.entries()));
        if (extension instanceof SignatureAlgorithms offer)
            return new SignatureAlgorithms(before(new SignatureScheme(value), offer.schemes()));
        return extension;
    }
}
