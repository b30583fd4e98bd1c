package org.almosttls.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.almosttls.registry.ContentType;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.RawRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5246 §7.2: alerts that a peer should not send so, and what is made of them. */
class AlertsBorneTest {

    private static byte[] alert(int level, int description) {
        return HexFormat.of().parseHex("1503010002%02x%02x".formatted(level, description));
    }

    /** Those that are always fatal, those that are reserved, and one that nobody knows: a warning ends nothing. */
    @ParameterizedTest
    @ValueSource(ints = {10, 20, 21, 22, 40, 41, 47, 50, 51, 60, 70, 71, 80, 99, 110, 111, 112, 113, 255})
    void whateverIsSaidAsAWarningEndsNothing(int description) throws Exception {
        var pair = TlsConnectionTest.pair();
        pair.server().deliver(alert(1, description));
        pair.server().receive();
        pair.client().flush();
        pair.client().deliver(alert(1, description));
        pair.client().receive();
        assertEquals(ConnectionStatus.NEED_RECEIVE, pair.server().connection().status());
        assertEquals(ConnectionStatus.NEED_RECEIVE, pair.client().connection().status());
    }

    /** RFC 6066 §3: servers do say so, though it is not recommended, and go on. */
    @Test
    void aServerThatWarnsOfANameIsNotLeft() throws Exception {
        var pair = TlsConnectionTest.pair();
        ConnectionPair.carry(pair.client(), pair.server(), bytes -> bytes);
        pair.client().deliver(alert(1, 112));
        pair.handshake();
        assertTrue(pair.client().connection().session().isPresent());
    }

    @ParameterizedTest
    @ValueSource(ints = {21, 41, 60, 90, 99, 100, 255})
    void whateverIsSaidToBeFatalIs(int description) throws Exception {
        var pair = TlsConnectionTest.pair();
        pair.server().deliver(alert(2, description));
        var thrown = assertThrows(PeerAlertException.class, pair.server()::receive);
        assertEquals(description, thrown.description().code());
        assertEquals(ConnectionStatus.CLOSED, pair.server().connection().status());
    }

    /** RFC 5246 §7.2.1: any data received after a closure alert is ignored. */
    @Test
    void whatComesAfterCloseNotifyIsIgnored() throws Exception {
        var pair = TlsConnectionTest.pair();
        var raw = RawRecords.ofClient(pair);
        pair.server().deliver(raw.seal(ContentType.APPLICATION_DATA, new byte[] {1}));
        pair.server().deliver(raw.seal(ContentType.ALERT, new byte[] {1, 0}));
        pair.server().deliver(raw.seal(ContentType.APPLICATION_DATA, new byte[] {2}));
        pair.server().deliver(new byte[] {1, 2, 3});
        pair.server().receive();
        assertArrayEquals(new byte[] {1}, pair.server().data());
        assertTrue(pair.server().flush().length > 0, "close_notify");
    }
}
