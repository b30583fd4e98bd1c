package org.almosttls.engine;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.IntFunction;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
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

    private static final int OWN_PAYLOAD = 16;

    private final IntFunction<byte[]> random;
    private boolean beats;
    private boolean asks;
    private volatile Optional<byte[]> asked = Optional.empty();

    /** @param random so many octets that nobody can foresee */
    Heart(IntFunction<byte[]> random) {
        this.random = random;
    }

    /** The ends have agreed on it; {@code mayAsk} is what the peer allows. */
    void agree(boolean mayAsk) {
        beats = true;
        asks = mayAsk;
    }

    /** Takes the content of a heartbeat record; answers if it is a request and {@code calm}, in no handshake. */
    void onRecord(ByteBuffer content, boolean calm, Outbound outbound) throws TlsAlertException {
        if (!beats) throw Violation.UNEXPECTED_MESSAGE.exception("heartbeat that was not negotiated");
        if (content.remaining() < HEADER + PADDING) return;
        int type = content.get();
        int length = (content.get() & 0xFF) << 8 | content.get() & 0xFF;
        // RFC 6520 §4: a payload_length that the message does not hold is what Heartbleed was (CVE-2014-0160).
        if (length > content.remaining() - PADDING) return;
        var payload = new byte[length];
        content.get(payload);
        // RFC 6520 §3: requests during a handshake are discarded.
        if (type == REQUEST && calm) send(RESPONSE, payload, outbound);
        if (type == RESPONSE) asked = asked.filter(own -> !MessageDigest.isEqual(own, payload));
    }

    /** Asks the peer if it may be asked and has answered what it was asked before; whether it is asked now. */
    boolean ask(Outbound outbound) {
        if (!asks || isAnswerDue()) return false;
        byte[] payload = random.apply(OWN_PAYLOAD);
        if (!send(REQUEST, payload, outbound)) return false;
        asked = Optional.of(payload);
        return true;
    }

    /** Whether the peer was asked and has not answered yet. */
    boolean isAnswerDue() {
        return asked.isPresent();
    }

    /**
     * One at a time: a peer that asks and does not read fills no memory. RFC 6520 §4: a message is one record, so what
     * does not fit one that the peer takes is not sent.
     */
    private boolean send(int type, byte[] payload, Outbound outbound) {
        var message = ByteBuffer.allocate(HEADER + payload.length + PADDING)
                .put((byte) type)
                .putShort((short) payload.length)
                .put(payload)
                .put(random.apply(PADDING));
        return outbound.addAlone(ContentType.HEARTBEAT, message.array());
    }
}
