package org.almosttls.handshake.almost;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.message.ChangeCipherSpec;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.TlsMessage;
import org.almosttls.record.HandshakeReassembler;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.testkit.Samples;
import org.almosttls.testkit.StateEnd;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every state of Bob and Alice against every message: each takes one kind, or none. */
class StatesTest {

    /** Where an end stands. */
    private enum Stand {
        WaitHello(HandshakeType.HELLO),
        WaitEitherHello(HandshakeType.HELLO, HandshakeType.CLIENT_HELLO),
        WaitCertificate(HandshakeType.CERTIFICATE),
        WaitEncryptedMasterSecret(HandshakeType.ENCRYPTED_MASTER_SECRET),
        BobConnected,
        AliceConnected;

        private final List<HandshakeType> accepted;

        Stand(HandshakeType... accepted) {
            this.accepted = List.of(accepted);
        }
    }

    static Stream<Arguments> standsAndMessages() {
        return Arrays.stream(Stand.values())
                .flatMap(stand -> Arrays.stream(HandshakeType.values()).map(type -> Arguments.of(stand, type)));
    }

    @ParameterizedTest
    @MethodSource("standsAndMessages")
    void takesOnlyWhatMayCome(Stand stand, HandshakeType type) throws Exception {
        var state = stateAt(stand);
        assertEquals(
                stand.name().replaceFirst("^(Bob|Alice)", ""), state.getClass().getSimpleName());
        assertEquals(stand.accepted.contains(type), accepts(state, Samples.of(type)));
        assertEquals(false, accepts(stateAt(stand), new ChangeCipherSpec()));
    }

    private static HandshakeState stateAt(Stand stand) throws TlsAlertException {
        var pair = new StatePair(TestConfig.bob().build(), TestConfig.alice().build());
        return switch (stand) {
            case WaitHello -> pair.server().state();
            case WaitEitherHello ->
                new StateEnd(TestConfig.server(TestCertificates.rsaServer())
                                .versions(ProtocolVersion.TLS_1_2, ProtocolVersion.ALMOST_1)
                                .build())
                        .state();
            case WaitCertificate -> pair.client().state();
            case WaitEncryptedMasterSecret ->
                pair.until(HandshakeType.CERTIFICATE).server().state();
            case BobConnected -> pair.handshake().client().state();
            case AliceConnected -> pair.handshake().server().state();
        };
    }

    private static boolean accepts(HandshakeState state, TlsMessage message) {
        try {
            var bytes = message instanceof HandshakeMessage handshake
                    ? EncodedMessage.of(handshake).bytes()
                    : new byte[0];
            state.receive(new Received(message, bytes, new HandshakeReassembler()::aligned));
            return true;
        } catch (TlsAlertException violation) {
            return violation.violation() != Violation.UNEXPECTED_MESSAGE;
        }
    }
}
