package org.almosttls.agent.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.almosttls.config.Clock;
import org.almosttls.event.ConnectionId;
import org.almosttls.event.Direction;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEventListener;
import org.junit.jupiter.api.Test;

/** A peer's first words wait, and each of them is taken once however many they are. */
class WaitingTest {

    private static final int LENGTH = 1 << 14;

    private final List<TlsEvent> told = new ArrayList<>();
    private final Telling telling = new Telling(ConnectionId.next(), Clock.system(), new TlsEventListener() {
        @Override
        public boolean wants(Kind kind) {
            return true;
        }

        @Override
        public void on(Moment moment, TlsEvent event) {
            told.add(event);
        }
    });
    private final WatchedDirection received = new WatchedDirection(Direction.RECEIVED, telling);
    private final Waiting waiting = new Waiting();

    /** RFC 8446 §5.1: of application data. */
    private static byte[] record() {
        return ByteBuffer.allocate(5 + LENGTH)
                .put((byte) 23)
                .putShort((short) 0x0303)
                .putShort((short) LENGTH)
                .array();
    }

    @Test
    void whatIsHeldIsTakenWhenItIsReleased() {
        assertTrue(waiting.holds(record(), 0, 5 + LENGTH));
        assertTrue(waiting.isAny());
        assertEquals(0, received.counts().records());
        waiting.release(received);
        assertEquals(1, received.counts().records());
        assertFalse(waiting.isAny());
    }

    @Test
    void whatIsTooMuchIsNotHeldAndTakenByWhoHasIt() {
        byte[] record = record();
        for (int i = 0; i < 3; i++) {
            boolean waits = waiting.holds(record, 0, record.length);
            if (!waits) waiting.release(received);
            if (!waits) received.take(record, 0, record.length);
        }
        assertEquals(3, received.counts().records());
    }
}
