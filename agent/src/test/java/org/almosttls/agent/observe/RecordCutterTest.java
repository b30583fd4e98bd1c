package org.almosttls.agent.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordCutterTest {

    private static final byte[] TWO = HexFormat.of().parseHex("1603010003" + "010203" + "1703030002" + "0405");

    private final List<String> heard = new ArrayList<>();
    private boolean skips;

    private final RecordCutter cutter = new RecordCutter(new RecordCutter.Records() {
        private final ByteBuffer held = ByteBuffer.allocate(100);

        @Override
        public boolean isRecord(int type, int version, int length) {
            return version >> 8 == 3;
        }

        @Override
        public boolean passes(int type, int version, int length) {
            if (type == 23 && skips) heard.add("passes " + length);
            return type == 23 && skips;
        }

        @Override
        public void begins(int type, int version, int length) {
            heard.add(type + " " + Integer.toHexString(version) + " " + length);
        }

        @Override
        public void holds(Object source, int index, int length) {
            Octets.copy(source, index, length, held);
        }

        @Override
        public void ends() {
            heard.add(HexFormat.of().formatHex(held.array(), 0, held.position()));
            held.clear();
        }
    });

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 15})
    void recordsAreFoundInWhateverPiecesTheyCome(int step) {
        for (int at = 0; at < TWO.length; at += step) cutter.take(TWO, at, Math.min(TWO.length, at + step));
        assertEquals(List.of("22 301 3", "010203", "23 303 2", "0405"), heard);
    }

    @Test
    void whatNeedNotBeReadIsOnlyAskedForAsAWhole() {
        skips = true;
        cutter.take(TWO, 0, TWO.length);
        cutter.take(TWO, 8, TWO.length - 1);
        cutter.take(TWO, TWO.length - 1, TWO.length);
        cutter.take(TWO, 0, 8);
        assertEquals(List.of("22 301 3", "010203", "passes 2", "23 303 2", "0405", "22 301 3", "010203"), heard);
    }

    @Test
    void buffersAreReadWithoutMoving() {
        var buffer = ByteBuffer.allocateDirect(TWO.length).put(TWO);
        cutter.take(buffer, 0, TWO.length);
        assertEquals(List.of("22 301 3", "010203", "23 303 2", "0405"), heard);
        assertEquals(TWO.length, buffer.position());
    }

    @Test
    void whatIsNoRecordIsNotLookedAtAnyFurther() {
        byte[] text = "GET / HTTP/1.1".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        cutter.take(text, 0, text.length);
        assertTrue(cutter.isForeign());
        assertEquals(List.of(), heard);
    }

    @Test
    void whatWasNotTakenIsLookedAtAndCanStillBeTaken() {
        assertFalse(cutter.isForeign(TWO, 0, TWO.length));
        cutter.take(TWO, 0, TWO.length);
        assertEquals(List.of("22 301 3", "010203", "23 303 2", "0405"), heard);
    }

    @Test
    void ofFewerOctetsThanAHeaderHasNobodyKnowsWhatTheyAre() {
        byte[] text = "GET /".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertFalse(cutter.isForeign(text, 0, 4));
        assertTrue(cutter.isForeign(text, 0, 5));
    }
}
