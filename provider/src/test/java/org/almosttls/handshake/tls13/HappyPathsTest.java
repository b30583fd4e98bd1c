package org.almosttls.handshake.tls13;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.handshake.Action;
import org.almosttls.message.EncryptedExtensions;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.End;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestIdentity;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Both of our own ends, in whatever they may agree on. */
class HappyPathsTest {

    private static final byte[] GREETING = "hello".getBytes(StandardCharsets.US_ASCII);

    static Stream<Arguments> suitesAndGroups() {
        return Tls13.SUITES.stream().flatMap(suite -> Tls13.GROUPS.stream().map(group -> Arguments.of(suite, group)));
    }

    @ParameterizedTest
    @MethodSource("suitesAndGroups")
    void everySuiteAgreesInEveryGroup(CipherSuite suite, NamedGroup group) throws Exception {
        var pair = new ConnectionPair(
                Tls13.client().suites(suite).groups(group).build(),
                Tls13.server(TestCertificates.ecServer()).build());
        pair.handshake();
        var client = pair.client().connection().session().orElseThrow();
        var server = pair.server().connection().session().orElseThrow();
        assertEquals(suite, client.cipherSuite());
        assertEquals(suite, server.cipherSuite());
        assertEquals(Optional.of(group), client.group());
        assertEquals(Optional.of(group), server.group());
        assertEquals(client.scheme(), server.scheme());
        assertDataFlows(pair);
    }

    static void assertDataFlows(ConnectionPair pair) throws Exception {
        assertArrives(pair.client(), pair.server());
        assertArrives(pair.server(), pair.client());
    }

    static void assertArrives(End from, End to) throws Exception {
        int before = to.data().length;
        to.deliver(from.seal(GREETING));
        to.receive();
        assertArrayEquals(GREETING, Arrays.copyOfRange(to.data(), before, to.data().length));
    }

    static Stream<TestIdentity> servers() {
        return Stream.of(
                TestCertificates.rsaServer(),
                TestCertificates.ecServer(),
                TestCertificates.ecP384Server(),
                TestCertificates.ed25519Server(),
                TestCertificates.rsaPssServer());
    }

    @ParameterizedTest
    @MethodSource("servers")
    void everyKindOfCertificateServes(TestIdentity identity) throws Exception {
        var pair = new ConnectionPair(
                Tls13.client().build(), Tls13.server(identity).build());
        pair.handshake();
        assertEquals(
                identity.chain(),
                pair.client().connection().session().orElseThrow().peerChain());
        assertEquals(
                identity.chain(),
                pair.server().connection().session().orElseThrow().localChain());
    }

    static Stream<Arguments> clients() {
        return Stream.of(TestCertificates.rsaClient(), TestCertificates.ecClient())
                .flatMap(client -> servers().map(server -> Arguments.of(client, server)));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void theClientShowsItsCertificateWhenAsked(TestIdentity client, TestIdentity server) throws Exception {
        var pair = new ConnectionPair(
                Tls13.client(client).build(),
                Tls13.server(server).asking(ClientAuthentication.NEED).build());
        pair.handshake();
        assertEquals(
                client.chain(),
                pair.server().connection().session().orElseThrow().peerChain());
        assertEquals(
                client.chain(),
                pair.client().connection().session().orElseThrow().localChain());
        assertDataFlows(pair);
    }

    @Test
    void aClientWithoutCertificateIsTakenWhereOneIsOnlyWanted() throws Exception {
        var pair = new ConnectionPair(
                Tls13.client().build(),
                Tls13.server(TestCertificates.ecServer())
                        .asking(ClientAuthentication.WANT)
                        .build());
        pair.handshake();
        assertEquals(
                List.of(), pair.server().connection().session().orElseThrow().peerChain());
    }

    @Test
    void theHybridGroupIsTakenWithoutBeingAskedFor() throws Exception {
        var pair = new StatePair(
                        Tls13.client().build(),
                        Tls13.server(TestCertificates.ecServer()).build())
                .handshake();
        assertEquals(
                Optional.of(NamedGroup.X25519_MLKEM768),
                pair.server().session().orElseThrow().group());
        assertEquals(
                1,
                pair.flown().stream()
                        .filter(flying -> !flying.isChangeCipherSpec() && flying.bytes()[0] == 1)
                        .count());
    }

    @Test
    void aServerThatKnowsNoHybridTakesTheShareBesideIt() throws Exception {
        var pair = new StatePair(
                        Tls13.client().build(),
                        Tls13.server(TestCertificates.ecServer())
                                .groups(NamedGroup.SECP256R1, NamedGroup.X25519)
                                .build())
                .handshake();
        assertEquals(
                Optional.of(NamedGroup.X25519),
                pair.server().session().orElseThrow().group());
    }

    /** RFC 8446 §4.2.7: only who would have liked another group better tells of its own, and then of all. */
    @Test
    void aServerTellsItsGroupsToWhoDidNotGuessTheBest() throws Exception {
        var own = List.of(NamedGroup.SECP256R1, NamedGroup.X25519, NamedGroup.X448);
        var server = Tls13.server(TestCertificates.ecServer()).groups(own.toArray(NamedGroup[]::new));
        assertEquals(Optional.of(own), groupsTold(Tls13.client(), server));
        assertEquals(Optional.empty(), groupsTold(Tls13.client().groups(NamedGroup.SECP256R1), server));
        assertEquals(Optional.empty(), groupsTold(Tls13.client(), server.with("serverPreference", false)));
        assertEquals(Optional.empty(), groupsTold(Tls13.client(), server.groups(NamedGroup.SECP256R1)));
    }

    private static Optional<List<NamedGroup>> groupsTold(TestConfig client, TestConfig server) throws Exception {
        return new StatePair(client.build(), server.build())
                .handshake().server().actions(Action.Send.class).stream()
                        .map(send -> send.message().message())
                        .filter(EncryptedExtensions.class::isInstance)
                        .flatMap(said -> ((EncryptedExtensions) said).extensions().find(SupportedGroups.class).stream())
                        .map(SupportedGroups::groups)
                        .findFirst();
    }

    @Test
    void whoSpeaksBothVersionsSpeaksTheNewerTogether() throws Exception {
        var pair = new ConnectionPair(
                Tls13.too(TestConfig.client()).build(),
                Tls13.too(TestConfig.server(TestCertificates.rsaServer())).build());
        pair.handshake();
        assertEquals(
                ProtocolVersion.TLS_1_3,
                pair.client().connection().session().orElseThrow().version());
        assertDataFlows(pair);
    }

    static Stream<Arguments> oneEndOlder() {
        var olderClient = TestConfig.client();
        var olderServer = TestConfig.server(TestCertificates.rsaServer());
        return Stream.of(
                Arguments.of(olderClient, Tls13.too(olderServer)), Arguments.of(Tls13.too(olderClient), olderServer));
    }

    @ParameterizedTest
    @MethodSource("oneEndOlder")
    void whoSpeaksBothVersionsSpeaksTheOlderWithWhoSpeaksNothingElse(TestConfig client, TestConfig server)
            throws Exception {
        var pair = new ConnectionPair(client.build(), server.build());
        pair.handshake();
        assertEquals(
                ProtocolVersion.TLS_1_2,
                pair.client().connection().session().orElseThrow().version());
        assertDataFlows(pair);
    }

    @Test
    void theServerSelectsTheApplicationProtocolForTheNameAskedFor() throws Exception {
        var pair = new StatePair(
                        Tls13.client().applicationProtocols("h2", "http/1.1").build(),
                        Tls13.server(TestCertificates.ecServer())
                                .applicationProtocols("http/1.1", "h2")
                                .build())
                .handshake();
        for (var end : List.of(pair.client(), pair.server())) {
            assertEquals(Optional.of("http/1.1"), end.session().orElseThrow().applicationProtocol());
            assertEquals(
                    List.of(TestCertificates.HOST), end.session().orElseThrow().serverNames());
        }
    }
}
