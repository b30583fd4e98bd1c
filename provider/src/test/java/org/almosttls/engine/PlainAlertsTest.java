package org.almosttls.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.Violation;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8446 §6.2: alerts of clients that have no keys yet, or use none, to servers that have. */
class PlainAlertsTest {

    private static final byte[] UNKNOWN_CA = HexFormat.of().parseHex("15030300020230");

    private final ConnectionPair pair = new ConnectionPair(
            Tls13.client().build(), Tls13.server(TestCertificates.ecServer()).build());

    /** The server has said all that it says before the client proves anything. */
    private void answered() throws Exception {
        pair.server().deliver(pair.client().flush());
        pair.server().receive();
        assertTrue(pair.server().flush().length > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"15030300020230", "15030300020130", "15030100020230"})
    void aClientThatRefusesTheServerIsHeard(String alert) throws Exception {
        answered();
        pair.server().deliver(HexFormat.of().parseHex(alert));
        var thrown = assertThrows(PeerAlertException.class, pair.server()::receive);
        assertEquals(AlertDescription.UNKNOWN_CA, thrown.description());
        assertEquals(0, pair.server().flush().length);
        assertEquals(ConnectionStatus.CLOSED, pair.server().connection().status());
    }

    @Test
    void behindAChangeCipherSpecToo() throws Exception {
        answered();
        pair.server().deliver(HexFormat.of().parseHex("140303000101"));
        pair.server().deliver(UNKNOWN_CA);
        assertThrows(PeerAlertException.class, pair.server()::receive);
    }

    /** Whoever has shown that it has keys uses them. */
    @Test
    void afterTheHandshakeItIsNotTaken() throws Exception {
        pair.handshake();
        pair.server().deliver(UNKNOWN_CA);
        Expect.violation(Violation.UNEXPECTED_MESSAGE, pair.server()::receive);
    }

    /** A server has keys from ServerHello on. */
    @Test
    void noClientTakesItFromItsServer() throws Exception {
        pair.server().deliver(pair.client().flush());
        pair.server().receive();
        pair.client().deliver(pair.server().flush());
        pair.client().receive();
        pair.client().deliver(UNKNOWN_CA);
        Expect.violation(Violation.UNEXPECTED_MESSAGE, pair.client()::receive);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1503030003023000", "150303000102", "16030300020230"})
    void nothingElseComesUnprotected(String record) throws Exception {
        answered();
        pair.server().deliver(HexFormat.of().parseHex(record.substring(0, 10)));
        pair.server().deliver(HexFormat.of().parseHex(record.substring(10)));
        Expect.violation(Violation.UNEXPECTED_MESSAGE, pair.server()::receive);
    }
}
