package org.almosttls.handshake.tls12;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.SessionStore;
import org.almosttls.config.StapleSource;
import org.almosttls.config.Stapling;
import org.almosttls.config.TlsConfig;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.tls12.client.IgnoringHelloRequests;
import org.almosttls.handshake.tls12.server.WaitSelection;
import org.almosttls.message.ChangeCipherSpec;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.TlsMessage;
import org.almosttls.record.HandshakeReassembler;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.HandshakeType;
import org.almosttls.testkit.Provocations;
import org.almosttls.testkit.Samples;
import org.almosttls.testkit.StateEnd;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestSessions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every state against every message: it takes what the RFC lets come, and nothing else. */
class StatesTest {

    /** One end of a handshake, stopped when a message is about to come. */
    private record Stop(boolean client, boolean staticRsa, HandshakeType next) {}

    private record Expected(String state, Stop stop, Set<HandshakeType> accepted) {}

    static Stream<Arguments> statesAndMessages() {
        return STATES.stream()
                .flatMap(expected -> Arrays.stream(HandshakeType.values())
                        .map(type -> Arguments.of(expected.state, expected, type)));
    }

    private static final List<Expected> STATES = List.of(
            client("WaitServerHello", HandshakeType.SERVER_HELLO, HandshakeType.HELLO_REQUEST),
            client("WaitCertificate", HandshakeType.CERTIFICATE),
            client("WaitCertificateStatus", HandshakeType.CERTIFICATE_STATUS, HandshakeType.SERVER_KEY_EXCHANGE),
            client("WaitServerKeyExchange", HandshakeType.SERVER_KEY_EXCHANGE),
            client("WaitCertificateRequest", HandshakeType.CERTIFICATE_REQUEST, HandshakeType.SERVER_HELLO_DONE),
            client("WaitServerHelloDone", HandshakeType.SERVER_HELLO_DONE),
            new Expected(
                    "WaitCertificateRequest",
                    new Stop(true, true, HandshakeType.CERTIFICATE_REQUEST),
                    EnumSet.of(HandshakeType.CERTIFICATE_REQUEST, HandshakeType.SERVER_HELLO_DONE)),
            new Expected(
                    "WaitCertificateStatus",
                    new Stop(true, true, HandshakeType.CERTIFICATE_STATUS),
                    EnumSet.of(
                            HandshakeType.CERTIFICATE_STATUS,
                            HandshakeType.CERTIFICATE_REQUEST,
                            HandshakeType.SERVER_HELLO_DONE)),
            server("WaitClientHello", HandshakeType.CLIENT_HELLO),
            server("WaitCertificate", HandshakeType.CERTIFICATE),
            server("WaitClientKeyExchange", HandshakeType.CLIENT_KEY_EXCHANGE),
            server("WaitCertificateVerify", HandshakeType.CERTIFICATE_VERIFY));

    private static Expected client(String state, HandshakeType... accepted) {
        return new Expected(state, new Stop(true, false, accepted[0]), EnumSet.copyOf(List.of(accepted)));
    }

    private static Expected server(String state, HandshakeType accepted) {
        return new Expected(state, new Stop(false, false, accepted), EnumSet.of(accepted));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("statesAndMessages")
    void takesOnlyWhatMayCome(String name, Expected expected, HandshakeType type) throws Exception {
        var state = stateAt(expected.stop);
        assertEquals(name, state.getClass().getSimpleName());
        assertEquals(expected.accepted.contains(type), accepts(state, Samples.of(type)));
    }

    static Stream<Arguments> beforeKeys() {
        return STATES.stream().map(expected -> Arguments.of(expected.state, expected.stop));
    }

    /** CVE-2014-0224: before there are keys, nobody can make an end change to them. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("beforeKeys")
    void changeCipherSpecIsNeverEarly(String name, Stop stop) throws Exception {
        assertEquals(false, accepts(stateAt(stop), new ChangeCipherSpec()), name);
    }

    static Stream<Arguments> endsAndMessages() {
        return Stream.of(true, false)
                .flatMap(client -> Arrays.stream(HandshakeType.values()).map(type -> Arguments.of(client, type)));
    }

    @ParameterizedTest
    @MethodSource("endsAndMessages")
    void waitChangeCipherSpecTakesNoHandshakeMessage(boolean client, HandshakeType type) throws Exception {
        var state = stateAtChangeCipherSpec(client);
        assertEquals("WaitChangeCipherSpec", state.getClass().getSimpleName());
        assertEquals(false, accepts(state, Samples.of(type)));
        assertTrue(accepts(state, new ChangeCipherSpec()));
    }

    @ParameterizedTest
    @MethodSource("endsAndMessages")
    void waitFinishedTakesOnlyFinished(boolean client, HandshakeType type) throws Exception {
        var waiting = stateAtChangeCipherSpec(client);
        var state = waiting.receive(received(new ChangeCipherSpec())).next();
        assertEquals("WaitFinished", state.getClass().getSimpleName());
        assertEquals(false, accepts(state, new ChangeCipherSpec()));
        assertEquals(type == HandshakeType.FINISHED, accepts(state, Samples.of(type)));
    }

    @ParameterizedTest
    @MethodSource("endsAndMessages")
    void connectedTakesOnlyTheWishToRenegotiate(boolean client, HandshakeType type) throws Exception {
        var pair = pair(false).handshake();
        var state = (client ? pair.client() : pair.server()).state();
        assertEquals("Connected", state.getClass().getSimpleName());
        var wish = client ? HandshakeType.HELLO_REQUEST : HandshakeType.CLIENT_HELLO;
        assertEquals(type == wish, accepts(state, Samples.of(type)));
        assertEquals(false, accepts(state, new ChangeCipherSpec()));
    }

    @ParameterizedTest
    @EnumSource(HandshakeType.class)
    void waitSelectionTakesNothing(HandshakeType type) {
        assertEquals(false, accepts(new WaitSelection(), Samples.of(type)));
        assertEquals(false, accepts(new WaitSelection(), new ChangeCipherSpec()));
    }

    /** One end of an abbreviated handshake (RFC 5246 §7.3), when the peer's ChangeCipherSpec is about to come. */
    private static HandshakeState stateOfResumption(boolean client) throws TlsAlertException {
        var pair = pair(false, new TestSessions(), new TestSessions());
        pair.untilChangeCipherSpec();
        if (client) return inner(pair.client().state());
        pair.deliverNext();
        return pair.untilChangeCipherSpec().server().state();
    }

    @ParameterizedTest
    @MethodSource("endsAndMessages")
    void resumedWaitChangeCipherSpecTakesNoHandshakeMessage(boolean client, HandshakeType type) throws Exception {
        var state = stateOfResumption(client);
        assertEquals("WaitChangeCipherSpec", state.getClass().getSimpleName());
        assertEquals(false, accepts(state, Samples.of(type)));
        assertTrue(accepts(state, new ChangeCipherSpec()));
    }

    @ParameterizedTest
    @MethodSource("endsAndMessages")
    void waitResumedFinishedTakesOnlyFinished(boolean client, HandshakeType type) throws Exception {
        var waiting = stateOfResumption(client);
        var state = waiting.receive(received(new ChangeCipherSpec())).next();
        assertEquals("WaitResumedFinished", state.getClass().getSimpleName());
        assertEquals(false, accepts(state, new ChangeCipherSpec()));
        assertEquals(type == HandshakeType.FINISHED, accepts(state, Samples.of(type)));
    }

    /** CVE-2014-0224: the offer of a session alone gives a client no keys to change to. */
    @Test
    void aClientThatOffersASessionTakesNoChangeCipherSpecBeforeServerHello() throws Exception {
        var state = inner(
                pair(false, new TestSessions(), new TestSessions()).client().state());
        assertEquals("WaitServerHello", state.getClass().getSimpleName());
        assertEquals(false, accepts(state, new ChangeCipherSpec()));
    }

    /** A client that offers a session which the server does not have goes the long way, as if it had none. */
    @Test
    void aSessionThatIsDeclinedLeavesNoKeysToChangeTo() throws Exception {
        var pair = pair(false, new TestSessions(), SessionStore.none()).until(HandshakeType.CERTIFICATE);
        var state = inner(pair.client().state());
        assertEquals("WaitCertificate", state.getClass().getSimpleName());
        assertEquals(false, accepts(state, new ChangeCipherSpec()));
        assertEquals(false, accepts(state, Samples.of(HandshakeType.FINISHED)));
    }

    private static HandshakeState stateAt(Stop stop) throws TlsAlertException {
        if (stop.next == HandshakeType.CLIENT_HELLO) return new StateEnd(server().build()).state();
        var pair = pair(stop.staticRsa);
        if (stop.next == HandshakeType.SERVER_HELLO) return inner(pair.client().state());
        if (stop.client && stop.next == HandshakeType.CERTIFICATE)
            return inner(pair.until(stop.next).client().state());
        if (!stop.client && stop.next == HandshakeType.CERTIFICATE)
            return pair.until(HandshakeType.SERVER_HELLO).server().state();
        return inner(pair.until(stop.next).end(stop.client).state());
    }

    private static HandshakeState stateAtChangeCipherSpec(boolean client) throws TlsAlertException {
        var pair = pair(false);
        if (client)
            return inner(pair.until(HandshakeType.CLIENT_KEY_EXCHANGE).client().state());
        return pair.untilChangeCipherSpec().server().state();
    }

    private static HandshakeState inner(HandshakeState state) {
        return state instanceof IgnoringHelloRequests ignoring ? ignoring.inner() : state;
    }

    private static StatePair pair(boolean staticRsa) throws TlsAlertException {
        return unacquainted(staticRsa, SessionStore.none(), SessionStore.none());
    }

    /** A pair whose ends have met before. */
    private static StatePair pair(boolean staticRsa, SessionStore ofClient, SessionStore ofServer)
            throws TlsAlertException {
        unacquainted(staticRsa, ofClient, ofServer instanceof TestSessions ? ofServer : new TestSessions())
                .handshake();
        return unacquainted(staticRsa, ofClient, ofServer);
    }

    private static StatePair unacquainted(boolean staticRsa, SessionStore ofClient, SessionStore ofServer)
            throws TlsAlertException {
        var client = TestConfig.client(TestCertificates.ecClient())
                .sessions(ofClient)
                .with("stapling", new Stapling(true, StapleSource.none()));
        TlsConfig built = staticRsa
                ? client.suites(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA256).build()
                : client.build();
        return new StatePair(built, server().sessions(ofServer).build());
    }

    private static TestConfig server() {
        return TestConfig.server(TestCertificates.ecServer(), TestCertificates.rsaServer())
                .asking(ClientAuthentication.NEED)
                .with("stapling", new Stapling(false, chain -> Optional.of(new byte[] {1})));
    }

    private static boolean accepts(HandshakeState state, TlsMessage message) {
        try {
            state.receive(received(message));
            return true;
        } catch (TlsAlertException violation) {
            Provocations.note(violation);
            return violation.violation() != Violation.UNEXPECTED_MESSAGE;
        }
    }

    private static Received received(TlsMessage message) {
        var bytes = message instanceof HandshakeMessage handshake
                ? EncodedMessage.of(handshake).bytes()
                : new byte[0];
        return new Received(message, bytes, new HandshakeReassembler()::aligned);
    }
}
