package org.almosttls.handshake.tls13;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.message.ChangeCipherSpec;
import org.almosttls.message.TlsMessage;
import org.almosttls.record.HandshakeReassembler;
import org.almosttls.registry.HandshakeType;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Provocations;
import org.almosttls.testkit.Samples13;
import org.almosttls.testkit.StateEnd.Flying;
import org.almosttls.testkit.StatePair;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the states of a session that goes on take, of all there is (RFC 8446 §4.2.11, §4.3.2, §4.4.2, §4.6). */
class ResumedStatesTest extends Reunion {

    static Stream<Arguments> endsAndMessages() {
        return Stream.of(true, false)
                .flatMap(client -> Arrays.stream(HandshakeType.values()).map(type -> Arguments.of(client, type)));
    }

    private static boolean accepts(HandshakeState state, TlsMessage message) {
        try {
            state.receive(new Received(message, new byte[4], new HandshakeReassembler()::aligned));
            return true;
        } catch (TlsAlertException refused) {
            Provocations.note(refused);
            return refused.violation() != Violation.UNEXPECTED_MESSAGE;
        }
    }

    /** A server that resumes neither shows nor asks for a certificate, also one that would ask otherwise. */
    private StatePair resuming() throws Exception {
        meeting(client -> client, server -> server.asking(ClientAuthentication.WANT))
                .handshake();
        return meeting(client -> client, server -> server.asking(ClientAuthentication.WANT));
    }

    @ParameterizedTest
    @MethodSource("endsAndMessages")
    void onlyFinishedIsToComeWhereASessionGoesOn(boolean ofClient, HandshakeType type) throws Exception {
        var pair = resuming().until(HandshakeType.FINISHED);
        var state = pair.end(ofClient).state();
        assertEquals("WaitFinished", state.getClass().getSimpleName());
        assertEquals(type == HandshakeType.FINISHED, accepts(state, Samples13.of(type)));
    }

    @ParameterizedTest
    @MethodSource("endsAndMessages")
    void aConnectionTakesTicketsAndKeysAndNothingElse(boolean ofClient, HandshakeType type) throws Exception {
        var state = resuming().handshake().end(ofClient).state();
        assertEquals("Connected", state.getClass().getSimpleName());
        var taken = ofClient
                ? Set.of(HandshakeType.NEW_SESSION_TICKET, HandshakeType.KEY_UPDATE)
                : Set.of(HandshakeType.KEY_UPDATE);
        assertEquals(taken.contains(type), accepts(state, Samples13.of(type)));
        assertEquals(false, accepts(state, new ChangeCipherSpec()));
    }

    /** RFC 8446 §4.6.3: 0 or 1. */
    @ParameterizedTest
    @ValueSource(ints = {2, 127, 255})
    void aKeyUpdateThatMeansNothingEndsTheConnection(int request) throws Exception {
        for (boolean ofClient : new boolean[] {true, false}) {
            var end = meeting().handshake().end(ofClient);
            var update = new Flying(new byte[] {24, 0, 0, 1, (byte) request});
            Expect.violation(Violation.KEY_UPDATE_UNKNOWN, () -> end.receive(update));
        }
    }
}
