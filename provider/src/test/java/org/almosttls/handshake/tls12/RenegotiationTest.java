package org.almosttls.handshake.tls12;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.NextHandshake;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.config.TlsConfig;
import org.almosttls.extension.RenegotiationInfo;
import org.almosttls.extension.ServerNames;
import org.almosttls.handshake.Action;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.message.ClientHello;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.ServerHello;
import org.almosttls.record.HandshakeReassembler;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.MovableClock;
import org.almosttls.testkit.Samples;
import org.almosttls.testkit.StateEnd;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestSessions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5746: a handshake after the first on the same connection, message by message. */
class RenegotiationTest {

    private final MovableClock clock = new MovableClock();

    private TestConfig client() {
        return TestConfig.client().requesting(Feature.RENEGOTIATION).with("clock", clock);
    }

    private TestConfig server() {
        return TestConfig.server(TestCertificates.ecServer())
                .requesting(Feature.RENEGOTIATION)
                .with("clock", clock);
    }

    private TestConfig rsaServer() {
        return TestConfig.server(TestCertificates.rsaServer())
                .requesting(Feature.RENEGOTIATION)
                .with("clock", clock);
    }

    private StatePair connected() throws TlsAlertException {
        return new StatePair(client().build(), server().build()).handshake();
    }

    private static void begin(StatePair pair, boolean byClient) throws TlsAlertException {
        assertTrue(pair.end(byClient).renegotiate());
    }

    private static List<HandshakeType> flown(StatePair pair, int after) {
        return pair.flown().stream()
                .skip(after)
                .filter(each -> !each.isChangeCipherSpec())
                .map(each -> HandshakeType.of(each.bytes()[0]).orElseThrow())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eitherEndMayBegin(boolean client) throws Exception {
        var pair = connected();
        int before = pair.flown().size();
        begin(pair, client);
        pair.handshake();
        var full = List.of(
                HandshakeType.CLIENT_HELLO,
                HandshakeType.SERVER_HELLO,
                HandshakeType.CERTIFICATE,
                HandshakeType.SERVER_KEY_EXCHANGE,
                HandshakeType.SERVER_HELLO_DONE,
                HandshakeType.CLIENT_KEY_EXCHANGE,
                HandshakeType.FINISHED,
                HandshakeType.FINISHED);
        var expected = client
                ? full
                : Stream.concat(Stream.of(HandshakeType.HELLO_REQUEST), full.stream())
                        .toList();
        assertEquals(expected, flown(pair, before));
        assertEquals(2, pair.client().actions(Action.Establish.class).size());
        assertEquals(2, pair.server().actions(Action.Establish.class).size());
    }

    @Test
    void itMayBeDoneAgainAndAgain() throws Exception {
        var pair = connected();
        for (int i = 0; i < 20; i++) {
            begin(pair, i % 2 == 0);
            pair.handshake();
            clock.pass(Duration.ofMinutes(1));
        }
        assertEquals(21, pair.client().actions(Action.Establish.class).size());
    }

    /** RFC 5746 §3.5, §3.7. */
    @Test
    void theHellosRepeatWhatTheFinishedBeforeHaveSaid() throws Exception {
        var pair = connected();
        var ofClient = verifyData(pair, 0);
        var ofServer = verifyData(pair, 1);
        var said = new ArrayList<byte[]>();
        pair.changing(HandshakeMessage.class, message -> {
            if (message instanceof ClientHello hello)
                said.add(info(hello.extensions().find(RenegotiationInfo.class).get()));
            if (message instanceof ServerHello hello)
                said.add(info(hello.extensions().find(RenegotiationInfo.class).get()));
            return message;
        });
        begin(pair, true);
        pair.handshake();
        assertArrayEquals(ofClient, said.get(0));
        byte[] both = Arrays.copyOf(ofClient, 24);
        System.arraycopy(ofServer, 0, both, 12, 12);
        assertArrayEquals(both, said.get(1));
    }

    private static byte[] info(RenegotiationInfo info) {
        return info.renegotiatedConnection();
    }

    private static byte[] verifyData(StatePair pair, int index) {
        var finished = pair.flown().stream()
                .filter(each -> !each.isChangeCipherSpec() && each.bytes()[0] == HandshakeType.FINISHED.code())
                .toList();
        return Arrays.copyOfRange(finished.get(index).bytes(), 4, 16);
    }

    /** RFC 5246 §E.1: the version is agreed on, and nothing goes unprotected again. */
    @Test
    void theRecordVersionIsFixedOnce() throws Exception {
        var pair = connected();
        begin(pair, true);
        pair.handshake();
        assertEquals(1, pair.client().actions(Action.FixRecordVersion.class).size());
        assertEquals(1, pair.server().actions(Action.FixRecordVersion.class).size());
    }

    /** Whoever wants fresh keys or a certificate is not served by an old secret. */
    @Test
    void noSessionIsResumedByIt() throws Exception {
        var sessions = new TestSessions();
        var pair = new StatePair(
                        client().sessions(sessions).build(),
                        server().sessions(sessions).build())
                .handshake();
        byte[] known = pair.server().session().orElseThrow().id();
        pair.changing(ClientHello.class, hello -> {
            assertEquals(0, hello.sessionId().length);
            return withSession(hello, known);
        });
        begin(pair, true);
        pair.until(HandshakeType.SERVER_HELLO);
        var answer = (ServerHello)
                pair.client().decoder().decode(pair.server().outbox().peek().bytes());
        assertFalse(Arrays.equals(known, answer.sessionId()));
    }

    private static ClientHello withSession(ClientHello hello, byte[] id) {
        return new ClientHello(
                hello.legacyVersion(),
                hello.random(),
                id,
                hello.cipherSuites(),
                hello.compressionMethods(),
                hello.extensions());
    }

    private void refusesHello(Violation violation, Function<ClientHello, HandshakeMessage> change)
            throws TlsAlertException {
        var pair = connected().changing(ClientHello.class, change);
        begin(pair, true);
        Expect.violation(violation, pair::handshake);
    }

    private void refusesAnswer(Violation violation, Function<ServerHello, HandshakeMessage> change)
            throws TlsAlertException {
        var pair = connected().changing(ServerHello.class, change);
        begin(pair, true);
        Expect.violation(violation, pair::handshake);
    }

    @Test
    void aHelloOfAnotherConnectionIsRefused() throws Exception {
        for (int length : new int[] {0, 11, 12, 13, 24}) {
            var info = new RenegotiationInfo(new byte[length]);
            refusesHello(Violation.WRONG_RENEGOTIATION_INFO, hello -> Hellos.extensions(hello, Hellos.with(info)));
            refusesAnswer(Violation.WRONG_RENEGOTIATION_INFO, hello -> Hellos.extensions(hello, Hellos.with(info)));
        }
        var none = Hellos.without(ExtensionType.RENEGOTIATION_INFO);
        refusesHello(Violation.WRONG_RENEGOTIATION_INFO, hello -> Hellos.extensions(hello, none));
        refusesAnswer(Violation.WRONG_RENEGOTIATION_INFO, hello -> Hellos.extensions(hello, none));
    }

    /** RFC 5746 §3.7. */
    @Test
    void theSignallingSuiteHasNoPlaceInIt() throws Exception {
        refusesHello(Violation.SIGNALLING_SUITE_MISPLACED, hello -> {
            var suites = new ArrayList<>(hello.cipherSuites());
            suites.add(CipherSuite.TLS_EMPTY_RENEGOTIATION_INFO_SCSV);
            return Hellos.suites(hello, suites);
        });
    }

    /** RFC 7627 §5.4. */
    @Test
    void itIsNotDoneWithoutExtendedMasterSecret() throws Exception {
        var none = Hellos.without(ExtensionType.EXTENDED_MASTER_SECRET);
        refusesHello(Violation.RENEGOTIATION_NOT_BOUND, hello -> Hellos.extensions(hello, none));
        refusesAnswer(Violation.RENEGOTIATION_NOT_BOUND, hello -> Hellos.extensions(hello, none));
    }

    /** RFC 7366 §3.1. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theMacStaysOverWhatWasEncrypted(boolean byClient) throws Exception {
        var cbc = CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA;
        var none = Hellos.without(ExtensionType.ENCRYPT_THEN_MAC);
        var pair = new StatePair(client().suites(cbc).build(), rsaServer().build()).handshake();
        if (byClient) pair.changing(ClientHello.class, hello -> Hellos.extensions(hello, none));
        else pair.changing(ServerHello.class, hello -> Hellos.extensions(hello, none));
        begin(pair, true);
        Expect.violation(Violation.ENCRYPT_THEN_MAC_DROPPED, pair::handshake);
    }

    /** RFC 7366 §3.1: also where a suite without a MAC of its own comes between. */
    @Test
    void aSuiteWithoutAMacDoesNotMakeItForgotten() throws Exception {
        var cbc = client().suites(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA).build();
        var later = new ArrayDeque<>(List.of(
                client().suites(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)
                        .build(),
                cbc));
        var pair = new StatePair(
                new StateEnd(cbc, oneAfterTheOther(later)),
                new StateEnd(rsaServer().build()));
        pair.handshake();
        begin(pair, true);
        pair.handshake();
        var none = Hellos.without(ExtensionType.ENCRYPT_THEN_MAC);
        pair.changing(ClientHello.class, hello -> Hellos.extensions(hello, none));
        begin(pair, true);
        Expect.violation(Violation.ENCRYPT_THEN_MAC_DROPPED, pair::handshake);
    }

    private static NextHandshake oneAfterTheOther(Queue<TlsConfig> configs) {
        return new NextHandshake() {
            @Override
            public boolean heedsPeer() {
                return true;
            }

            @Override
            public ClientAuthentication asks() {
                return ClientAuthentication.NONE;
            }

            @Override
            public TlsConfig config() {
                return configs.remove();
            }
        };
    }

    @Test
    void theServerNameStays() throws Exception {
        var other = new ServerNames(List.of("elsewhere.example"));
        refusesHello(Violation.SERVER_NAME_CHANGED, hello -> Hellos.extensions(hello, Hellos.with(other)));
        var none = Hellos.without(ExtensionType.SERVER_NAME);
        refusesHello(Violation.SERVER_NAME_CHANGED, hello -> Hellos.extensions(hello, none));
    }

    @Test
    void theVersionStays() throws Exception {
        refusesHello(Violation.VERSION_NOT_SUPPORTED, hello -> Hellos.version(hello, ProtocolVersion.TLS_1_1));
        refusesAnswer(Violation.VERSION_NOT_SUPPORTED, hello -> Hellos.version(hello, ProtocolVersion.TLS_1_1));
    }

    /** RFC 5746 §4.1, §4.3, and RFC 7627 §5.4: {@code RenegotiationPeersTest} has real peers that are like that. */
    @Test
    void whoCannotDoItInSafetyIsNotRenegotiatedWith() throws Exception {
        var session = connected().server().session().orElseThrow();
        assertTrue(after(session, true).isPossible());
        assertTrue(after(session, true).heedsPeer());
        assertFalse(after(session, false).isPossible());
        assertFalse(after(session, false).heedsPeer());
        var unbound = TestSessions.withoutExtendedMasterSecret(session);
        assertFalse(after(unbound, true).isPossible());
        assertFalse(after(unbound, true).heedsPeer());
    }

    private static Renegotiation after(NegotiatedSession session, boolean secure) {
        return new Renegotiation(
                new AnyRenewal(),
                session,
                session.peerChain(),
                false,
                secure,
                new byte[12],
                new byte[12],
                Patience.FRESH);
    }

    private record AnyRenewal() implements Renewal {
        @Override
        public NextHandshake next() {
            throw new AssertionError();
        }

        @Override
        public boolean isEnabled() {
            return true;
        }

        @Override
        public boolean heedsPeer() {
            return true;
        }

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public Transition begin(Renegotiation past) {
            throw new AssertionError();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutTheOptionNothingComesOfIt(boolean client) throws Exception {
        var pair = new StatePair(
                        TestConfig.client().build(),
                        TestConfig.server(TestCertificates.ecServer()).build())
                .handshake();
        assertFalse(pair.end(client).renegotiate());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatThePeerDeclinesChangesNothing(boolean client) throws Exception {
        var pair = connected();
        begin(pair, client);
        pair.end(client).outbox().clear();
        pair.end(client).decline();
        assertEquals(1, pair.end(client).actions(Action.Settle.class).size());
        begin(pair, client);
        pair.handshake();
        assertEquals(2, pair.end(client).actions(Action.Establish.class).size());
    }

    /** RFC 5246 §7.4.1.1. */
    @Test
    void aClientThatHasBegunDoesNotHeedHelloRequests() throws Exception {
        var pair = connected();
        begin(pair, false);
        begin(pair, true);
        pair.client().receive(pair.server().outbox().poll());
        pair.handshake();
        assertEquals(2, pair.client().actions(Action.Establish.class).size());
        assertEquals(0, pair.client().actions(Action.Warn.class).size());
    }

    /** Whoever has asked goes on only with the hello that answers. */
    @ParameterizedTest
    @EnumSource(HandshakeType.class)
    void whoHasAskedTakesOnlyTheHello(HandshakeType type) throws Exception {
        for (boolean client : new boolean[] {true, false}) {
            var pair = connected();
            begin(pair, client);
            var awaited = client
                    ? EnumSet.of(HandshakeType.SERVER_HELLO, HandshakeType.HELLO_REQUEST)
                    : EnumSet.of(HandshakeType.CLIENT_HELLO);
            if (awaited.contains(type)) continue;
            var received = new Received(Samples.of(type), new byte[0], new HandshakeReassembler()::aligned);
            Expect.violation(
                    Violation.UNEXPECTED_MESSAGE, () -> pair.end(client).state().receive(received));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoHasAskedTakesNoChangeCipherSpec(boolean client) throws Exception {
        var pair = connected();
        begin(pair, client);
        Expect.violation(
                Violation.UNEXPECTED_MESSAGE, () -> pair.end(client).receive(StateEnd.Flying.CHANGE_CIPHER_SPEC));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void onlyOneIsUnderWay(boolean client) throws Exception {
        var pair = connected();
        begin(pair, client);
        assertFalse(pair.end(client).renegotiate());
    }

    /** What an answer costs is paid a few times a minute, then it is refused, and then the connection ends. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void floodOfRenegotiations(boolean byClient) throws Exception {
        var pair = connected();
        StateEnd victim = pair.end(!byClient);
        for (int i = 0; i < 8; i++) {
            begin(pair, byClient);
            pair.handshake();
        }
        for (int i = 0; i < 8; i++) {
            begin(pair, byClient);
            pair.handshake();
            pair.end(byClient).decline();
        }
        assertEquals(9, victim.actions(Action.Establish.class).size());
        assertEquals(8, victim.actions(Action.Warn.class).size());
        begin(pair, byClient);
        Expect.violation(Violation.TOO_MANY_RENEGOTIATIONS, pair::handshake);
    }

    /** A peer that asks every hour is not cut off for it some day. */
    @Test
    void refusalsNowAndThenAreNoFlood() throws Exception {
        var pair = new StatePair(
                        client().build(),
                        TestConfig.server(TestCertificates.ecServer())
                                .with("clock", clock)
                                .build())
                .handshake();
        for (int hour = 0; hour < 20; hour++) {
            begin(pair, true);
            pair.handshake();
            pair.client().decline();
            clock.pass(Duration.ofHours(1));
        }
        assertEquals(20, pair.server().actions(Action.Warn.class).size());
    }

    @Test
    void patienceComesBackWithTime() throws Exception {
        var pair = connected();
        for (int i = 0; i < 20; i++) {
            begin(pair, true);
            pair.handshake();
            clock.pass(Duration.ofSeconds(10));
        }
        assertEquals(0, pair.server().actions(Action.Warn.class).size());
    }
}
