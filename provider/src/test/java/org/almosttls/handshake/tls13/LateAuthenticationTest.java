package org.almosttls.handshake.tls13;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.config.Policy;
import org.almosttls.handshake.PeerProof;
import org.almosttls.message.Certificate13;
import org.almosttls.message.CertificateRequest13;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.HandshakeType;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestIdentity;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 8446 §4.2.6, §4.6.2: a server that asks, when the handshake is over, who its client is. */
class LateAuthenticationTest extends Reunion {

    private static final TestIdentity CLIENT = TestCertificates.rsaClient();

    private static TestConfig offering(TestConfig client) {
        return client.requesting(Feature.POST_HANDSHAKE_AUTH);
    }

    private static StatePair pair(TestConfig client, TestConfig server) throws Exception {
        return new StatePair(client.build(), server.build());
    }

    private static StatePair pair(TestIdentity... client) throws Exception {
        return pair(offering(Tls13.client(client)), Tls13.server(TestCertificates.ecServer()));
    }

    private static StatePair asked(StatePair pair) throws Exception {
        pair.server().ask();
        return pair.handshake();
    }

    static List<Arguments> identities() {
        return List.of(Arguments.of(TestCertificates.rsaClient()), Arguments.of(TestCertificates.ecClient()));
    }

    @ParameterizedTest
    @MethodSource("identities")
    void theClientSaysWhoItIs(TestIdentity client) throws Exception {
        var pair = pair(client).handshake();
        assertEquals(List.of(), pair.server().session().orElseThrow().peerChain());
        assertEquals(PeerProof.POSSIBLE, pair.server().state().peerProof());
        pair.server().ask();
        assertEquals(PeerProof.DUE, pair.server().state().peerProof());
        pair.handshake();
        assertEquals(client.chain(), pair.server().identified().orElseThrow().peerChain());
        assertEquals(client.chain(), pair.client().identified().orElseThrow().localChain());
        assertEquals(PeerProof.POSSIBLE, pair.server().state().peerProof());
        assertEquals(
                List.of("CERTIFICATE_REQUEST", "CERTIFICATE", "CERTIFICATE_VERIFY", "FINISHED"),
                flown(pair).subList(flown(pair).size() - 4, flown(pair).size()));
    }

    @Test
    void itIsAskedAgainAndAgainAndNeverWithTheSameContext() throws Exception {
        var pair = pair(CLIENT).handshake();
        for (int i = 0; i < 5; i++) asked(pair);
        var contexts = pair.flown().stream()
                .filter(flying -> !flying.isChangeCipherSpec() && flying.bytes()[0] == 13)
                .map(flying -> (CertificateRequest13) decoded(flying.bytes()))
                .map(request -> HexFormat.of().formatHex(request.requestContext()))
                .toList();
        assertEquals(5, contexts.size());
        assertEquals(5, contexts.stream().distinct().count());
        assertTrue(contexts.stream().allMatch(context -> context.length() == 64));
    }

    private static Object decoded(byte[] bytes) {
        try {
            return HandshakeDecoder.TLS_1_3.decode(bytes);
        } catch (TlsAlertException malformed) {
            throw new AssertionError(malformed);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "WANT"})
    void whoHasNoCertificateMayDecline(ClientAuthentication asking) throws Exception {
        var pair = asked(pair(
                        offering(Tls13.client()),
                        Tls13.server(TestCertificates.ecServer()).asking(asking))
                .handshake());
        assertEquals(List.of(), pair.server().identified().orElseThrow().peerChain());
        assertEquals(
                List.of("CERTIFICATE_REQUEST", "CERTIFICATE", "FINISHED"),
                flown(pair).subList(flown(pair).size() - 3, flown(pair).size()));
    }

    /** RFC 8446 §4.3.2: whoever resumes was not asked in the handshake, and can be when it is over. */
    @Test
    void itIsAskedInAResumedSessionToo() throws Exception {
        var first = own(CLIENT).handshake();
        assertEquals(Optional.empty(), first.server().identified());
        var second = own(CLIENT).handshake();
        assertTrue(isResumed(second));
        asked(second);
        assertEquals(CLIENT.chain(), second.server().identified().orElseThrow().peerChain());
    }

    private StatePair own(TestIdentity identity) throws Exception {
        return meetingOf(identity, LateAuthenticationTest::offering, server -> server);
    }

    /** RFC 8446 §4.6.1: a ticket of before stands for nobody, and one of afterwards for whom the client has proved to be. */
    @Test
    void ticketsStandForWhatWasKnownWhenTheyWereGiven() throws Exception {
        var first = own(CLIENT).handshake();
        asked(first);
        var kept = ofClient.kept();
        assertEquals(2, kept.size());
        assertEquals(List.of(), kept.get(0).session().localChain());
        assertEquals(CLIENT.chain(), kept.get(1).session().localChain());
        var later = own(CLIENT).handshake();
        assertTrue(isResumed(later));
        assertEquals(CLIENT.chain(), later.server().session().orElseThrow().peerChain());
        var before = first.server().session().orElseThrow();
        assertFalse(Arrays.equals(
                before.id(), first.server().identified().orElseThrow().id()));
    }

    @Test
    void aTicketOfBeforeStandsForNobody() throws Exception {
        var first = own(CLIENT).handshake();
        var nobody = ofClient.kept().get(0).copy();
        asked(first);
        ofClient.keep(nobody);
        var later = own(CLIENT).handshake();
        assertTrue(isResumed(later));
        assertEquals(List.of(), later.server().session().orElseThrow().peerChain());
    }

    @Test
    void onlyWhoWantsToBeAskedOffersIt() throws Exception {
        assertFalse(offers(Tls13.client(CLIENT)));
        assertTrue(offers(offering(Tls13.client(CLIENT))));
        assertTrue(offers(offering(Tls13.client(CLIENT)).applicationProtocols("h2", "http/1.1")));
    }

    /** RFC 8740 §3. */
    @Test
    void itIsNotOfferedForHttp2Alone() throws Exception {
        assertFalse(offers(offering(Tls13.client(CLIENT)).applicationProtocols("h2")));
    }

    /** As the platform's property says. */
    @Test
    void whoeverRulesItOutNeitherOffersItNorAsks() throws Exception {
        var ruledOut = ExtensionType.POST_HANDSHAKE_AUTH;
        assertFalse(offers(offering(Tls13.client(CLIENT)).without(ruledOut)));
        var pair = pair(
                        offering(Tls13.client(CLIENT)),
                        Tls13.server(TestCertificates.ecServer()).without(ruledOut))
                .handshake();
        assertEquals(PeerProof.NOT_POSSIBLE, pair.server().state().peerProof());
    }

    @Test
    void whereTls12IsAllThatIsOfferedItHasNoMeaning() throws Exception {
        assertFalse(
                clientHello(pair(offering(TestConfig.client(CLIENT)), TestConfig.server(TestCertificates.ecServer())))
                        .extensions()
                        .has(ExtensionType.POST_HANDSHAKE_AUTH));
    }

    private static boolean offers(TestConfig client) throws Exception {
        return clientHello(pair(client, Tls13.server(TestCertificates.ecServer())))
                .extensions()
                .has(ExtensionType.POST_HANDSHAKE_AUTH);
    }

    @Test
    void whoDoesNotOfferItIsNotAsked() throws Exception {
        var pair = pair(Tls13.client(CLIENT), Tls13.server(TestCertificates.ecServer()))
                .handshake();
        assertEquals(PeerProof.NOT_POSSIBLE, pair.server().state().peerProof());
    }

    /** RFC 8740 §3: whatever the client has offered. */
    @Test
    void nobodyIsAskedWhereHttp2IsSpoken() throws Exception {
        var pair = pair(
                        offering(Tls13.client(CLIENT)).applicationProtocols("h2", "http/1.1"),
                        Tls13.server(TestCertificates.ecServer()).applicationProtocols("h2", "http/1.1"))
                .handshake();
        assertEquals(PeerProof.NOT_POSSIBLE, pair.server().state().peerProof());
    }

    @Test
    void whoWasAskedInTheHandshakeCanBeAskedAgain() throws Exception {
        var pair = pair(
                        offering(Tls13.client(CLIENT)),
                        Tls13.server(TestCertificates.ecServer()).asking(ClientAuthentication.NEED))
                .handshake();
        assertEquals(CLIENT.chain(), pair.server().session().orElseThrow().peerChain());
        asked(pair);
        assertEquals(CLIENT.chain(), pair.server().identified().orElseThrow().peerChain());
    }

    /** RFC 8879 §4. */
    @Test
    void itsCertificateMayComeCompressed() throws Exception {
        var pair = asked(pair(
                        offering(Tls13.client(CLIENT)).with("policy", Policy.NONE),
                        Tls13.server(TestCertificates.ecServer()).with("policy", Policy.NONE))
                .handshake());
        assertEquals(
                List.of("CERTIFICATE_REQUEST", "COMPRESSED_CERTIFICATE", "CERTIFICATE_VERIFY", "FINISHED"),
                flown(pair).subList(flown(pair).size() - 4, flown(pair).size()));
        assertEquals(CLIENT.chain(), pair.server().identified().orElseThrow().peerChain());
    }

    /** RFC 8446 §4.4.2: the context is the request's. */
    @Test
    void theAnswerNamesTheRequest() throws Exception {
        var pair = pair(CLIENT).handshake();
        pair.server().ask();
        var request =
                (CertificateRequest13) decoded(pair.server().outbox().peek().bytes());
        pair.until(HandshakeType.CERTIFICATE);
        var answer = (Certificate13) decoded(pair.client().outbox().peek().bytes());
        assertArrayEquals(request.requestContext(), answer.requestContext());
    }
}
