package org.almosttls.handshake.tls13;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.message.ChangeCipherSpec;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.TlsMessage;
import org.almosttls.record.HandshakeReassembler;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.testkit.Samples;
import org.almosttls.testkit.Samples13;
import org.almosttls.testkit.StateEnd;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every state against every message: it takes what the RFC lets come, and nothing else. */
class StatesTest {

    /** Brings a pair to where one of its ends is in the state that is looked at. */
    private interface Course {
        HandshakeState state(StatePair pair) throws TlsAlertException;
    }

    private record Expected(String state, boolean retried, Course course, Set<HandshakeType> accepted) {}

    private static final List<Expected> STATES = List.of(
            client("WaitServerHello", HandshakeType.SERVER_HELLO, HandshakeType.SERVER_HELLO),
            retried("WaitSecondServerHello", true, HandshakeType.SERVER_HELLO),
            client("WaitEncryptedExtensions", HandshakeType.ENCRYPTED_EXTENSIONS, HandshakeType.ENCRYPTED_EXTENSIONS),
            client(
                    "WaitCertificateOrRequest",
                    HandshakeType.CERTIFICATE_REQUEST,
                    HandshakeType.CERTIFICATE_REQUEST,
                    HandshakeType.CERTIFICATE),
            client("WaitCertificate", HandshakeType.CERTIFICATE, HandshakeType.CERTIFICATE),
            client("WaitCertificateVerify", HandshakeType.CERTIFICATE_VERIFY, HandshakeType.CERTIFICATE_VERIFY),
            client("WaitFinished", HandshakeType.FINISHED, HandshakeType.FINISHED),
            server("WaitClientHello", HandshakeType.CLIENT_HELLO, HandshakeType.CLIENT_HELLO),
            retried("WaitSecondClientHello", false, HandshakeType.CLIENT_HELLO),
            new Expected("WaitCertificate", false, StatesTest::answered, EnumSet.of(HandshakeType.CERTIFICATE)),
            ofClientsFlight("WaitCertificateVerify", HandshakeType.CERTIFICATE_VERIFY),
            ofClientsFlight("WaitFinished", HandshakeType.FINISHED));

    private static Expected client(String state, HandshakeType next, HandshakeType... accepted) {
        return new Expected(state, false, pair -> pair.until(next).client().state(), EnumSet.copyOf(List.of(accepted)));
    }

    private static Expected server(String state, HandshakeType next, HandshakeType accepted) {
        return new Expected(state, false, pair -> pair.until(next).server().state(), EnumSet.of(accepted));
    }

    /** The server has asked for another hello, and the client has said it. */
    private static Expected retried(String state, boolean client, HandshakeType accepted) {
        return new Expected(
                state,
                true,
                pair -> {
                    pair.deliverNext();
                    while (!isNext(pair.client(), HandshakeType.CLIENT_HELLO)) pair.deliverNext();
                    return pair.end(client).state();
                },
                EnumSet.of(accepted));
    }

    private static HandshakeState answered(StatePair pair) throws TlsAlertException {
        return pair.until(HandshakeType.SERVER_HELLO).server().state();
    }

    private static Expected ofClientsFlight(String state, HandshakeType next) {
        return new Expected(
                state,
                false,
                pair -> {
                    while (!isNext(pair.client(), next)) pair.deliverNext();
                    return pair.server().state();
                },
                EnumSet.of(next));
    }

    private static boolean isNext(StateEnd from, HandshakeType type) {
        var next = from.outbox().peek();
        return next != null && !next.isChangeCipherSpec() && next.bytes()[0] == type.code();
    }

    private static StatePair pair(boolean retried) throws TlsAlertException {
        var server = Tls13.server(TestCertificates.ecServer()).asking(ClientAuthentication.NEED);
        return new StatePair(
                Tls13.client(TestCertificates.rsaClient()).build(),
                (retried ? server.groups(NamedGroup.SECP256R1) : server).build());
    }

    static Stream<Arguments> statesAndMessages() {
        return STATES.stream()
                .flatMap(expected -> Arrays.stream(HandshakeType.values())
                        .map(type -> Arguments.of(expected.state, expected, type)));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("statesAndMessages")
    void takesOnlyWhatMayCome(String name, Expected expected, HandshakeType type) throws Exception {
        var state = expected.course.state(pair(expected.retried));
        assertEquals(name, state.getClass().getSimpleName());
        // Nobody gets as far as to read a HelloRequest once the version is agreed.
        boolean ignored = name.equals("WaitServerHello") && type == HandshakeType.HELLO_REQUEST;
        assertEquals(expected.accepted.contains(type) || ignored, accepts(state, sample(type)));
    }

    static Stream<Arguments> states() {
        return STATES.stream().map(expected -> Arguments.of(expected.state, expected));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("states")
    void changeCipherSpecsAreDroppedFromTheFirstHelloOn(String name, Expected expected) throws Exception {
        var state = expected.course.state(pair(expected.retried));
        boolean drops = accepts(state, new ChangeCipherSpec());
        assertEquals(!name.equals("WaitClientHello"), drops);
        if (drops) {
            var received = new Received(new ChangeCipherSpec(), new byte[0], new HandshakeReassembler()::aligned);
            assertEquals(List.of(), state.receive(received).actions());
        }
    }

    @ParameterizedTest
    @EnumSource(HandshakeType.class)
    void connectedTakesNewKeysAndAtAClientTickets(HandshakeType type) throws Exception {
        for (boolean client : new boolean[] {true, false}) {
            var state = pair(false).handshake().end(client).state();
            assertEquals("Connected", state.getClass().getSimpleName());
            boolean taken = type == HandshakeType.KEY_UPDATE || client && type == HandshakeType.NEW_SESSION_TICKET;
            assertEquals(taken, accepts(state, sample(type)));
            assertEquals(false, accepts(state, new ChangeCipherSpec()));
        }
    }

    private static HandshakeMessage sample(HandshakeType type) {
        return switch (type) {
            case CERTIFICATE, CERTIFICATE_REQUEST, NEW_SESSION_TICKET -> Samples13.of(type);
            default -> Samples.of(type);
        };
    }

    /** Whether the message is taken, be it that something in it is wrong. */
    private static boolean accepts(HandshakeState state, TlsMessage message) throws TlsAlertException {
        byte[] bytes = message instanceof HandshakeMessage handshake
                ? EncodedMessage.of(handshake).bytes()
                : new byte[0];
        try {
            state.receive(new Received(message, bytes, new HandshakeReassembler()::aligned));
            return true;
        } catch (TlsAlertException refused) {
            return refused.violation() != Violation.UNEXPECTED_MESSAGE;
        }
    }
}
