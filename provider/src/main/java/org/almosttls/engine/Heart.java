package org.almosttls.engine;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.IntFunction;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent.Heartbeat;
import org.almosttls.event.TlsEvent.HeartbeatTransferred;
import org.almosttls.event.TlsEvent.HeartbeatsAgreed;
import org.almosttls.registry.ContentType;

/**
 * RFC 6520 §4: heartbeats, by which an end learns whether the other one is alive. What is not exactly as it must be is
 * passed over in silence, and whatever comes, no more octets go back than came. Used under the inbound lock.
 */
final class Heart {

    private static final int REQUEST = 1;
    private static final int RESPONSE = 2;

    /** Octets of type and payload_length. */
    private static final int HEADER = 3;

    /** RFC 6520 §4: the least there is, and all that is sent here. */
    private static final int PADDING = 16;

    /** Octets of a message beside its payload. */
    static final int OVERHEAD = HEADER + PADDING;

    private final IntFunction<byte[]> random;
    private final Reporter reporter;
    private final Agreement agreement = new Agreement();
    private volatile Optional<byte[]> asked = Optional.empty();
    private volatile long received;

    /** What the ends have agreed on; and whether they ever had agreed on heartbeats, so that one may be on its way. */
    private static final class Agreement {
        private volatile boolean takes;
        private volatile boolean asks;
        private boolean everTook;
    }

    /** @param random so many octets that nobody can foresee */
    Heart(IntFunction<byte[]> random, Reporter reporter) {
        this.random = random;
        this.reporter = reporter;
    }

    /** Whether heartbeats may come from now on; {@code mayAsk} is what the peer allows. */
    void agree(boolean takes, boolean mayAsk) {
        agreement.takes = takes;
        agreement.asks = mayAsk;
        agreement.everTook |= takes;
        if (takes) reporter.report(new HeartbeatsAgreed(mayAsk));
    }

    /**
     * Takes the content of a heartbeat record; answers if it is a request and {@code calm}, in no handshake.
     *
     * @return whether it is what it must be; else it is passed over
     */
    boolean onRecord(ByteBuffer content, boolean calm, Outbound outbound) throws TlsAlertException {
        // RFC 6520 §2: each handshake decides, and until it is over one of before may come.
        boolean expected = agreement.takes || agreement.everTook && !calm;
        if (!expected) throw Violation.UNEXPECTED_MESSAGE.exception("heartbeat that was not negotiated");
        received++;
        boolean good = take(content, calm, outbound);
        if (!good) reporter.report(new HeartbeatTransferred(Direction.RECEIVED, Heartbeat.DISCARDED));
        return good;
    }

    private boolean take(ByteBuffer content, boolean calm, Outbound outbound) {
        if (content.remaining() < OVERHEAD) return false;
        int type = content.get();
        int length = (content.get() & 0xFF) << 8 | content.get() & 0xFF;
        // RFC 6520 §4: a payload_length that the message does not hold is what Heartbleed was (CVE-2014-0160).
        if (length > content.remaining() - PADDING) return false;
        var payload = new byte[length];
        content.get(payload);
        // RFC 6520 §3: requests during a handshake are discarded.
        if (type == REQUEST && calm) return answer(payload, outbound);
        return type == RESPONSE && isAnswer(payload);
    }

    /** Where an answer waits to be sent the next one is none: the peer has asked too early (RFC 6520 §3). */
    private boolean answer(byte[] payload, Outbound outbound) {
        reporter.report(new HeartbeatTransferred(Direction.RECEIVED, Heartbeat.REQUEST));
        if (send(RESPONSE, payload, outbound))
            reporter.report(new HeartbeatTransferred(Direction.SENT, Heartbeat.RESPONSE));
        return true;
    }

    private boolean isAnswer(byte[] payload) {
        boolean right = asked.filter(own -> MessageDigest.isEqual(own, payload)).isPresent();
        if (right) {
            asked = Optional.empty();
            reporter.report(new HeartbeatTransferred(Direction.RECEIVED, Heartbeat.RESPONSE));
        }
        return right;
    }

    /** Asks the peer if it may be asked and has answered what it was asked before; whether it is asked now. */
    boolean ask(int payloadLength, Outbound outbound) {
        if (!mayAsk() || isAnswerDue()) return false;
        byte[] payload = random.apply(payloadLength);
        if (!send(REQUEST, payload, outbound)) return false;
        asked = Optional.of(payload);
        reporter.report(new HeartbeatTransferred(Direction.SENT, Heartbeat.REQUEST));
        return true;
    }

    /** RFC 6520 §3: nobody waits for the answer any more, as when a handshake begins: the peer may have passed over it. */
    void stop() {
        asked = Optional.empty();
    }

    /** Whether heartbeats are agreed on. */
    boolean beats() {
        return agreement.takes;
    }

    /** Whether the peer lets itself be asked. */
    boolean mayAsk() {
        return agreement.asks;
    }

    /** Whether the peer was asked and has not answered yet. */
    boolean isAnswerDue() {
        return asked.isPresent();
    }

    /** How many messages have come, good or not. */
    long received() {
        return received;
    }

    /**
     * One at a time: a peer that asks and does not read fills no memory. RFC 6520 §4: a message is one record, so what
     * does not fit one that the peer takes is not sent.
     */
    private boolean send(int type, byte[] payload, Outbound outbound) {
        var message = ByteBuffer.allocate(OVERHEAD + payload.length)
                .put((byte) type)
                .putShort((short) payload.length)
                .put(payload)
                .put(random.apply(PADDING));
        return outbound.addAlone(ContentType.HEARTBEAT, message.array());
    }
}
