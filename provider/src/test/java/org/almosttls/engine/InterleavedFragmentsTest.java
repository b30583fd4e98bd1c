package org.almosttls.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.Violation;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.End;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * RFC 5246 §6.2.1: messages may be cut into records anywhere, and several may share one; but nothing else comes between
 * the parts of one.
 */
class InterleavedFragmentsTest {

    private static final String CHANGE_CIPHER_SPEC = "140303000101";
    private static final String APPLICATION_DATA = "170303000100";
    private static final String HEARTBEAT = "180303000401000000";
    private static final String WARNING = "1503030002015a";

    private static ConnectionPair pair() {
        return new ConnectionPair(
                TestConfig.client().build(),
                TestConfig.server(TestCertificates.rsaServer()).build());
    }

    /** The content of plain handshake records in records of at most so many octets; other records as they are. */
    private static byte[] refragmented(byte[] flight, int most) {
        var out = new ByteArrayOutputStream();
        for (var in = ByteBuffer.wrap(flight); in.hasRemaining(); ) {
            byte[] header = new byte[3];
            byte[] content = new byte[in.get(header).getShort() & 0xFFFF];
            in.get(content);
            // What follows ChangeCipherSpec is protected.
            boolean cut = header[0] == 22 && !isProtected(out.toByteArray());
            int step = cut ? most : content.length;
            for (int at = 0; at < content.length; at += step) {
                byte[] part = Arrays.copyOfRange(content, at, Math.min(content.length, at + step));
                out.writeBytes(header);
                out.writeBytes(new byte[] {(byte) (part.length >> 8), (byte) part.length});
                out.writeBytes(part);
            }
        }
        return out.toByteArray();
    }

    private static boolean isProtected(byte[] before) {
        var change = HexFormat.of().parseHex(CHANGE_CIPHER_SPEC);
        return before.length >= change.length
                && Arrays.equals(Arrays.copyOfRange(before, before.length - change.length, before.length), change);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 100, 1000})
    void messagesMayBeCutAnywhere(int most) throws Exception {
        var pair = pair();
        pair.handshake(flight -> refragmented(flight, most));
        assertTrue(pair.client().connection().session().isPresent());
        assertTrue(pair.server().connection().session().isPresent());
        TlsConnectionTest.carry(new byte[] {1, 2, 3}, pair.client(), pair.server());
        assertArrayEquals(new byte[] {1, 2, 3}, pair.server().data());
    }

    /** The first record of the client's hello, cut behind its header, with something else behind that. */
    private static void interrupting(Violation violation, String record) throws Exception {
        for (int at : new int[] {1, 4, 50}) {
            var server = serverAfter(at, record);
            var thrown = Expect.violation(violation, server::receive);
            assertEquals(AlertDescription.UNEXPECTED_MESSAGE, thrown.violation().alert());
        }
    }

    private static End serverAfter(int octets, String record) throws Exception {
        var pair = pair();
        byte[] hello = refragmented(pair.client().flush(), octets);
        pair.server().deliver(Arrays.copyOf(hello, 5 + octets));
        pair.server().receive();
        pair.server().deliver(HexFormat.of().parseHex(record));
        return pair.server();
    }

    @Test
    void changeCipherSpecBetweenThePartsOfAMessageIsRefused() throws Exception {
        interrupting(Violation.MESSAGE_INTERLEAVED, CHANGE_CIPHER_SPEC);
    }

    @Test
    void applicationDataBetweenThePartsOfAMessageIsRefused() throws Exception {
        interrupting(Violation.MESSAGE_INTERLEAVED, APPLICATION_DATA);
    }

    @Test
    void heartbeatsBetweenThePartsOfAMessageAreRefused() throws Exception {
        interrupting(Violation.MESSAGE_INTERLEAVED, HEARTBEAT);
    }

    /** RFC 5246 §6.2.1: alerts are not delayed by what else is under way, and a warning ends nothing. */
    @Test
    void aWarningBetweenThePartsOfAMessageDoesNotHurt() throws Exception {
        var pair = pair();
        var hello = HexFormat.of().formatHex(refragmented(pair.client().flush(), 50));
        pair.server().deliver(HexFormat.of().parseHex(hello.substring(0, 110) + WARNING + hello.substring(110)));
        pair.server().receive();
        assertTrue(pair.server().flush().length > 0);
        assertEquals(ConnectionStatus.NEED_RECEIVE, pair.server().connection().status());
    }
}
