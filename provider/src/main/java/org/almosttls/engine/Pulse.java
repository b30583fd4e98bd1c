package org.almosttls.engine;

import java.util.function.Supplier;
import org.almosttls.alert.TlsAlertException;

/** RFC 6520: by what one end of a connection learns whether the other one is alive. Any thread may call. */
public final class Pulse {

    private final Inbound inbound;
    private final Outbound outbound;
    private final Established established;
    private final Supplier<TlsAlertException> ending;

    /** @param ending ends the connection because the peer is taken for dead */
    Pulse(Inbound inbound, Outbound outbound, Established established, Supplier<TlsAlertException> ending) {
        this.inbound = inbound;
        this.outbound = outbound;
        this.established = established;
        this.ending = ending;
    }

    /** Whether heartbeats may come. */
    public boolean isAgreed() {
        return established.heart().beats() && established.isSettled();
    }

    /** Whether the peer may be asked: heartbeats are agreed on, the peer allows it, and both directions are open. */
    public boolean mayAsk() {
        return isAgreed() && established.heart().mayAsk() && !inbound.isClosed() && !outbound.isClosing();
    }

    /**
     * Asks the peer for a sign of life, if it may be asked and unless it still owes one; nothing is asked during a
     * handshake.
     *
     * @param payloadLength how many octets it has to repeat
     * @return whether a request waits to be sent now
     * @throws IllegalArgumentException if it does not fit one record
     */
    public boolean ask(int payloadLength) {
        requireRoom(payloadLength);
        inbound.lock.lock();
        try {
            return mayAsk() && established.heart().ask(payloadLength, outbound);
        } finally {
            inbound.lock.unlock();
        }
    }

    /** @throws IllegalArgumentException if a payload of this length does not fit one record */
    public void requireRoom(int payloadLength) {
        // RFC 6520 §4: a message is at most one record, and the answer is as long.
        if (payloadLength < 0 || payloadLength > outbound.most() - Heart.OVERHEAD)
            throw new IllegalArgumentException("payload of " + payloadLength + " octets");
    }

    /** Whether the peer was asked and has not answered yet. */
    public boolean isDue() {
        return established.heart().isAnswerDue();
    }

    /** Waits for the answer no longer, so that another question may be asked. */
    public void stop() {
        inbound.lock.lock();
        try {
            established.heart().stop();
        } finally {
            inbound.lock.unlock();
        }
    }

    /** How many heartbeat messages have come, good or not. */
    public long received() {
        return established.heart().received();
    }

    /** RFC 6520 §3: who has asked and got no answer for long enough may end the connection; its alert waits to be sent. */
    public TlsAlertException giveUp() {
        return ending.get();
    }
}
