package org.almosttls.handshake.tls13;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.message.EncodedMessage;
import org.almosttls.record.HandshakeReassembler;
import org.almosttls.registry.HandshakeType;
import org.almosttls.testkit.Samples13;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every state of a client that can be asked who it is, and of its server, against every message (RFC 8446 §4.6). */
class LateStatesTest {

    /** How many messages of the answer the server has got, if it has asked at all; or the client's state. */
    private enum Point {
        CLIENT(
                "Connected",
                HandshakeType.NEW_SESSION_TICKET,
                HandshakeType.KEY_UPDATE,
                HandshakeType.CERTIFICATE_REQUEST),
        NOT_ASKED("Connected", HandshakeType.KEY_UPDATE),
        ASKED("Connected", HandshakeType.KEY_UPDATE, HandshakeType.CERTIFICATE),
        CERTIFICATE("WaitCertificateVerify", HandshakeType.CERTIFICATE_VERIFY),
        CERTIFICATE_VERIFY("WaitFinished", HandshakeType.FINISHED),
        FINISHED("Connected", HandshakeType.KEY_UPDATE);

        private final String state;
        private final Set<HandshakeType> taken;

        Point(String state, HandshakeType... taken) {
            this.state = state;
            this.taken = Set.of(taken);
        }

        HandshakeState reached() throws TlsAlertException {
            var pair = new StatePair(
                            Tls13.client(TestCertificates.rsaClient())
                                    .requesting(Feature.POST_HANDSHAKE_AUTH)
                                    .build(),
                            Tls13.server(TestCertificates.ecServer()).build())
                    .handshake();
            if (this == CLIENT) return pair.client().state();
            if (this == NOT_ASKED) return pair.server().state();
            pair.server().ask();
            pair.until(HandshakeType.CERTIFICATE);
            for (var got : List.of(CERTIFICATE, CERTIFICATE_VERIFY, FINISHED))
                if (compareTo(got) >= 0) pair.deliverNext();
            return pair.server().state();
        }
    }

    static Stream<Arguments> pointsAndMessages() {
        return Arrays.stream(Point.values())
                .flatMap(point -> Arrays.stream(HandshakeType.values()).map(type -> Arguments.of(point, type)));
    }

    @ParameterizedTest
    @MethodSource("pointsAndMessages")
    void takesOnlyWhatMayCome(Point point, HandshakeType type) throws Exception {
        var state = point.reached();
        assertEquals(point.state, state.getClass().getSimpleName());
        assertEquals(point.taken.contains(type), accepts(state, type));
    }

    /** Whether the message is taken, be it that something in it is wrong. */
    private static boolean accepts(HandshakeState state, HandshakeType type) {
        var message = Samples13.of(type);
        var bytes = EncodedMessage.of(message).bytes();
        try {
            state.receive(new Received(message, bytes, new HandshakeReassembler()::aligned));
            return true;
        } catch (TlsAlertException refused) {
            return refused.violation() != Violation.UNEXPECTED_MESSAGE;
        }
    }
}
