package org.almosttls.record;

import static org.almosttls.testkit.Hex.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.testkit.Expect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class HandshakeReassemblerTest {

    private final HandshakeReassembler reassembler = new HandshakeReassembler();

    @Test
    void putsMessagesTogetherFromPiecesOfAnySize() throws TlsAlertException {
        byte[] stream = hex("01000003 a1a2a3" + "0e000000" + "14000005 b1b2b3b4b5");
        for (int size = 1; size <= stream.length; size++) {
            var messages = messagesOf(stream, size);
            assertEquals(3, messages.size());
            assertArrayEquals(hex("01000003a1a2a3"), messages.get(0));
            assertArrayEquals(hex("0e000000"), messages.get(1));
            assertArrayEquals(hex("14000005b1b2b3b4b5"), messages.get(2));
        }
    }

    private List<byte[]> messagesOf(byte[] stream, int size) throws TlsAlertException {
        var messages = new ArrayList<byte[]>();
        for (int at = 0; at < stream.length; at += size) {
            reassembler.add(ByteBuffer.wrap(stream, at, Math.min(size, stream.length - at)));
            for (var next = reassembler.next(); next.isPresent(); next = reassembler.next()) messages.add(next.get());
        }
        return messages;
    }

    @Test
    void aMessageIsOwnedByWhoTookIt() throws TlsAlertException {
        byte[] network = hex("01000002a1a2");
        reassembler.add(ByteBuffer.wrap(network));
        byte[] message = reassembler.next().orElseThrow();
        Arrays.fill(network, (byte) 0);
        reassembler.add(ByteBuffer.wrap(hex("01000002ffff")));
        assertArrayEquals(hex("01000002a1a2"), message);
    }

    @Test
    void isAlignedOnlyBetweenMessages() throws TlsAlertException {
        assertNotNull(reassembler.aligned());
        reassembler.requireNothingPending();
        reassembler.add(ByteBuffer.wrap(hex("0e0000")));
        assertRefused(Violation.MESSAGE_ACROSS_KEYS, reassembler::aligned);
        assertRefused(Violation.MESSAGE_INTERLEAVED, reassembler::requireNothingPending);
        reassembler.add(ByteBuffer.wrap(hex("00" + "14")));
        assertTrue(reassembler.next().isPresent());
        assertRefused(Violation.MESSAGE_ACROSS_KEYS, reassembler::aligned);
        assertTrue(reassembler.next().isEmpty());
        reassembler.add(ByteBuffer.wrap(hex("000000")));
        assertTrue(reassembler.next().isPresent());
        assertNotNull(reassembler.aligned());
        reassembler.requireNothingPending();
    }

    @Test
    void refusesAMessageThatIsTooLongAsSoonAsItSaysSo() throws TlsAlertException {
        reassembler.add(ByteBuffer.wrap(hex("0b0200")));
        assertRefused(Violation.MESSAGE_TOO_LONG, () -> reassembler.add(ByteBuffer.wrap(hex("01"))));
    }

    @Test
    void refusesTheSecondMessageToo() throws TlsAlertException {
        reassembler.add(ByteBuffer.wrap(hex("0e000000" + "0bffffff")));
        assertRefused(Violation.MESSAGE_TOO_LONG, reassembler::next);
    }

    @Test
    void takesAMessageOfTheGreatestLength() throws TlsAlertException {
        byte[] longest = Arrays.copyOf(hex("0b020000"), 4 + HandshakeReassembler.MAX_MESSAGE);
        assertArrayEquals(
                longest, messagesOf(longest, RecordReader.MAX_PLAINTEXT).get(0));
    }

    private static void assertRefused(Violation violation, Executable what) {
        Expect.violation(violation, what);
    }
}
