package org.almosttls.handshake.tls12;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.handshake.Action;
import org.almosttls.handshake.Received;
import org.almosttls.message.ChangeCipherSpec;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.HelloRequest;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Samples;
import org.almosttls.testkit.StateEnd;
import org.almosttls.testkit.StateEnd.Flying;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to who wants to renegotiate, and to who changes keys amid a message. */
class ConnectedTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWishToRenegotiateIsRefusedButDoesNoHarm(boolean client) throws Exception {
        var end = connected(client);
        end.receive(wish(client));
        assertEquals(List.of(new Action.Warn(AlertDescription.NO_RENEGOTIATION)), end.actions(Action.Warn.class));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theNinthWishEndsTheConnection(boolean client) throws Exception {
        var end = connected(client);
        for (int i = 0; i < 8; i++) end.receive(wish(client));
        Expect.violation(Violation.TOO_MANY_RENEGOTIATIONS, () -> end.receive(wish(client)));
    }

    private static StateEnd connected(boolean client) throws TlsAlertException {
        return pair().handshake().end(client);
    }

    private static Flying wish(boolean ofServer) {
        HandshakeMessage wish = ofServer ? new HelloRequest() : Samples.clientHello();
        return new Flying(EncodedMessage.of(wish).bytes());
    }

    private static StatePair pair() throws TlsAlertException {
        return new StatePair(
                TestConfig.client().build(),
                TestConfig.server(TestCertificates.ecServer()).build());
    }

    /** RFC 5246 §7.1: keys do not change while part of a message has come. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keysDoNotChangeAmidAMessage(boolean client) throws Exception {
        var pair = pair().untilChangeCipherSpec();
        if (client) {
            pair.deliverNext();
            pair.untilChangeCipherSpec();
        }
        var changing = new Received(new ChangeCipherSpec(), new byte[0], () -> {
            throw Violation.MESSAGE_ACROSS_KEYS.exception();
        });
        var state = pair.end(client).state();
        Expect.violation(Violation.MESSAGE_ACROSS_KEYS, () -> state.receive(changing));
    }
}
