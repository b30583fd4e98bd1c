package org.almosttls.handshake.hello.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.OfferedPreSharedKeys;
import org.almosttls.extension.Padding;
import org.almosttls.handshake.Action;
import org.almosttls.message.ClientHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.StateEnd;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestSessions;
import org.almosttls.testkit.Tls13;
import org.almosttls.wire.WireWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 8446 §4.2: extensions in an order that is drawn for each hello. */
class PermutationTest {

    private static final int SEEDS = 40;
    private static final ExtensionType SCHEMES = ExtensionType.SIGNATURE_ALGORITHMS;

    static Stream<TestConfig> clients() {
        return Stream.of(TestConfig.client(), Tls13.client(), Tls13.too(TestConfig.client()));
    }

    private static TestConfig seeded(TestConfig client, long seed, Feature... features) {
        return client.with("randomness", new FixedRandomness(seed)).requesting(features);
    }

    private static List<ClientHello> hellos(StateEnd client) {
        return client.actions(Action.Send.class).stream()
                .map(sent -> sent.message().message())
                .filter(ClientHello.class::isInstance)
                .map(ClientHello.class::cast)
                .toList();
    }

    private static ClientHello hello(TestConfig config) throws TlsAlertException {
        return hellos(new StateEnd(config.build())).get(0);
    }

    private static ClientHello permuted(TestConfig client, long seed) throws TlsAlertException {
        return hello(seeded(client, seed, Feature.PERMUTE_EXTENSIONS));
    }

    private static List<ExtensionType> sorted(ClientHello hello) {
        return hello.extensions().types().stream()
                .sorted(Comparator.comparing(ExtensionType::code))
                .toList();
    }

    private static int length(Extension extension) {
        var out = new WireWriter();
        extension.encode(out);
        return out.toByteArray().length;
    }

    @ParameterizedTest
    @MethodSource("clients")
    void unaskedTheOrderIsAlwaysTheSame(TestConfig client) throws Exception {
        var orders = new HashSet<List<ExtensionType>>();
        for (int seed = 0; seed < SEEDS; seed++)
            orders.add(hello(seeded(client, seed)).extensions().types());
        assertEquals(1, orders.size());
    }

    @ParameterizedTest
    @MethodSource("clients")
    void askedForItIsAnotherEachTimeAndNothingIsMissing(TestConfig client) throws Exception {
        var orders = new HashSet<List<ExtensionType>>();
        for (int seed = 0; seed < SEEDS; seed++) {
            var hello = permuted(client, seed);
            assertEquals(sorted(hello(seeded(client, seed))), sorted(hello));
            orders.add(hello.extensions().types());
        }
        assertTrue(orders.size() > SEEDS * 3 / 4, orders.size() + " orders");
    }

    @Test
    void anyOfThemMayBeTheFirst() throws Exception {
        var first = new HashSet<ExtensionType>();
        for (int seed = 0; seed < 10 * SEEDS; seed++)
            first.add(permuted(Tls13.client(), seed).extensions().types().get(0));
        assertEquals(new HashSet<>(sorted(permuted(Tls13.client(), 1))), first);
    }

    /** There are servers that take no empty extension as the last one. */
    @Test
    void anEmptyOneIsNotTheLast() throws Exception {
        var client = TestConfig.client().suites(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA);
        for (int seed = 0; seed < 5 * SEEDS; seed++) {
            var all = permuted(client, seed).extensions().all();
            assertTrue(length(all.get(all.size() - 1)) > 0, all.toString());
        }
    }

    /** RFC 8701 has no place for them; as first and last they try most. */
    @Test
    void whatStandsForNothingStaysAroundTheOthers() throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            var hello = hello(seeded(Tls13.client(), seed, Feature.PERMUTE_EXTENSIONS, Feature.GREASE));
            var types = hello.extensions().all().stream()
                    .filter(each -> !(each instanceof Padding))
                    .map(Extension::type)
                    .toList();
            assertTrue(types.get(0).isGrease());
            assertTrue(types.get(types.size() - 1).isGrease());
            assertEquals(2, types.stream().filter(ExtensionType::isGrease).count());
        }
    }

    /** RFC 8446 §4.1.2: the second hello is the first, its order included, and says nothing else of what stays. */
    @Test
    void aSecondHelloKeepsTheOrderOfTheFirst() throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            var pair = new StatePair(
                            seeded(Tls13.client(), seed, Feature.PERMUTE_EXTENSIONS, Feature.GREASE)
                                    .build(),
                            Tls13.server(TestCertificates.ecServer())
                                    .groups(NamedGroup.SECP384R1)
                                    .build())
                    .handshake();
            var hellos = hellos(pair.client());
            assertEquals(2, hellos.size());
            assertEquals(
                    Optional.of(NamedGroup.SECP384R1),
                    pair.client().session().orElseThrow().group());
            assertEquals(withoutPadding(hellos.get(0)), withoutPadding(hellos.get(1)));
            assertArrayEquals(hellos.get(0).random(), hellos.get(1).random());
        }
    }

    private static List<ExtensionType> withoutPadding(ClientHello hello) {
        return hello.extensions().types().stream()
                .filter(type -> !type.equals(ExtensionType.PADDING))
                .toList();
    }

    /** RFC 8446 §4.2.11. */
    @Test
    void preSharedKeyStaysTheLast() throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            var sessions = new TestSessions().withTickets(Optional.of(Duration.ofHours(1)));
            var server = Tls13.server(TestCertificates.ecServer()).sessions(sessions);
            var client = seeded(Tls13.client(), seed, Feature.PERMUTE_EXTENSIONS, Feature.GREASE)
                    .sessions(sessions);
            new StatePair(client.build(), server.build()).handshake();
            var again = new StatePair(client.build(), server.build()).handshake();
            var hello = hellos(again.client()).get(0);
            var all = hello.extensions().all();
            assertTrue(all.get(all.size() - 1) instanceof OfferedPreSharedKeys);
            assertTrue(again.client().session().isPresent());
        }
    }

    /** Of what is in a list the order means something, and stays. */
    @Test
    void whatIsInsideOfThemStays() throws Exception {
        var plain = hello(seeded(Tls13.client(), 7));
        var permuted = permuted(Tls13.client(), 8);
        assertFalse(plain.extensions().types().equals(permuted.extensions().types()));
        assertArrayEquals(bodyOf(SCHEMES, plain.extensions()), bodyOf(SCHEMES, permuted.extensions()));
        assertEquals(plain.cipherSuites(), permuted.cipherSuites());
    }

    private static byte[] bodyOf(ExtensionType type, Extensions extensions) {
        var out = new WireWriter();
        extensions.all().stream().filter(each -> each.type().equals(type)).forEach(each -> each.encode(out));
        return out.toByteArray();
    }
}
