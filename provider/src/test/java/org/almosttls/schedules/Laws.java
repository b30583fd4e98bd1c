package org.almosttls.schedules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/**
 * What the documentation of {@code SSLEngine} and {@code SSLEngineResult} says of each call.
 *
 * @param stack of whom it is demanded
 * @param alone whether nobody else calls the engine meanwhile, so that what it says before and after belongs to the call
 */
record Laws(Stack stack, boolean alone) {

    private static final int HEADER = 5;

    private boolean ofOurs() {
        return stack == Stack.OURS;
    }

    void afterCall(Answer answer, Buffers sources, Buffers rooms) {
        var result = answer.result();
        assertEquals(sources.moved(), result.bytesConsumed(), "consumed");
        assertEquals(rooms.moved(), result.bytesProduced(), "produced");
        if (answer.isWrap() || ofOurs()) sources.assertUnchanged();
        rooms.assertBounds();
        rooms.assertInOrder();
        if (alone) {
            staysDone(answer.before(), answer.after());
            if (answer.isWrap()) wrapped(answer, sources, rooms);
            else unwrapped(answer, sources, rooms);
            tells(answer);
        }
        switch (result.getStatus()) {
            case BUFFER_OVERFLOW, BUFFER_UNDERFLOW -> assertFalse(answer.hasMoved(), "something moved");
            default -> {}
        }
    }

    private static void staysDone(Moment before, Moment after) {
        assertTrue(after.inboundDone() || !before.inboundDone(), "inbound is done no more");
        assertTrue(after.outboundDone() || !before.outboundDone(), "outbound is done no more");
    }

    private void tells(Answer answer) {
        var told = answer.result().getHandshakeStatus();
        if (answer.hasFinished())
            assertFalse(answer.before().status() == HandshakeStatus.NOT_HANDSHAKING && ofOurs(), "FINISHED of nothing");
        else assertEquals(answer.after().status(), told, "told and asked status");
        boolean waits = answer.before().status() == HandshakeStatus.NEED_TASK;
        if (waits && !answer.before().established()) {
            assertFalse(answer.hasMoved(), "went on without the task");
            assertTrue(answer.is(Status.OK) || answer.is(Status.CLOSED), "status while a task waits");
        }
    }

    private void wrapped(Answer answer, Buffers sources, Buffers rooms) {
        var result = answer.result();
        assertFalse(answer.is(Status.BUFFER_UNDERFLOW), "underflow of wrap");
        if (answer.is(Status.BUFFER_OVERFLOW))
            assertTrue(rooms.remaining() < answer.before().packetSize(), "overflow in spite of the size");
        if (!answer.before().established()) assertEquals(0, result.bytesConsumed(), "data before the handshake's end");
        if (ofOurs()) assertEquals(answer.is(Status.CLOSED), answer.after().outboundDone(), "CLOSED and outbound done");
        if (answer.before().outboundDone()) assertFalse(answer.hasMoved(), "after the end");
        boolean due = answer.before().status() == HandshakeStatus.NEED_WRAP && !answer.hasFinished();
        if (ofOurs() && due && answer.is(Status.OK))
            assertTrue(result.bytesProduced() > 0, "NEED_WRAP, and nothing to wrap");
        boolean calm = answer.before().status() == HandshakeStatus.NOT_HANDSHAKING
                && answer.before().established();
        if (calm && answer.is(Status.OK) && sources.remaining() + sources.moved() > 0)
            assertTrue(result.bytesProduced() > 0, "data was not taken");
    }

    private void unwrapped(Answer answer, Buffers source, Buffers rooms) {
        var result = answer.result();
        var network = ByteBuffer.wrap(source.content());
        boolean whole = network.remaining() >= HEADER && network.remaining() >= recordLength(network);
        if (answer.is(Status.BUFFER_OVERFLOW) && ofOurs())
            assertTrue(rooms.remaining() < answer.before().applicationSize(), "overflow in spite of the size");
        if (answer.is(Status.BUFFER_UNDERFLOW)) assertFalse(whole, "underflow of a whole record");
        // A server that has heard the last of it may have tickets to send before it says FINISHED; the platform's that
        // has
        // closed never does.
        boolean expectsNone = !answer.before().established() && answer.before().status() != HandshakeStatus.NEED_WRAP;
        if (expectsNone && ofOurs()) assertEquals(0, result.bytesProduced(), "data before the handshake's end");
        assertEquals(answer.is(Status.CLOSED), answer.after().inboundDone(), "CLOSED and inbound done");
        if (answer.before().inboundDone()) assertFalse(answer.hasMoved(), "after the end");
        if (result.bytesConsumed() > 0) assertEquals(recordLength(network), result.bytesConsumed(), "one record");
        boolean ready = answer.before().status() == HandshakeStatus.NEED_UNWRAP
                || answer.before().status() == HandshakeStatus.NOT_HANDSHAKING
                        && answer.before().established();
        if (ready && answer.is(Status.OK)) assertTrue(result.bytesConsumed() > 0, "a record was not taken");
    }

    private static int recordLength(ByteBuffer network) {
        return HEADER + (network.getShort(network.position() + 3) & 0xffff);
    }

    /** It is over in both directions, but for what it has to say about it. */
    void afterException(Moment before, Moment after, Buffers rooms) {
        rooms.assertBounds();
        assertEquals(0, rooms.moved(), "produced with an exception");
        if (!alone || !ofOurs()) return;
        staysDone(before, after);
        assertTrue(after.inboundDone(), "inbound is not done after an exception");
        assertTrue(
                after.outboundDone() || after.status() == HandshakeStatus.NEED_WRAP,
                "neither done nor anything to say after an exception");
    }

    void afterClosing(Moment before, Moment after) {
        if (!alone) return;
        staysDone(before, after);
        assertTrue(
                after.outboundDone() || after.status() == HandshakeStatus.NEED_WRAP,
                "neither done nor anything to say after closeOutbound: " + after.status());
    }

    void afterInboundClosing(Moment before, Moment after, boolean inOrder) {
        if (before.inboundDone()) assertTrue(inOrder, "closeInbound after the end");
        assertTrue(after.inboundDone(), "inbound is not done after closeInbound");
    }
}
