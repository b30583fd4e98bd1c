package org.almosttls.engine;

import java.util.function.Function;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.TlsConfig;
import org.almosttls.handshake.PeerProof;

/** RFC 8446 §4.6.2: a server asks its client for a certificate when the handshake is over. For any thread. */
public final class Inquiry {

    private final Inbound inbound;
    private final Outbound outbound;
    private final HandshakeRunner handshake;
    private final Life life;
    private final Function<Throwable, TlsAlertException> failing;

    /** @param failing ends the connection */
    Inquiry(
            Inbound inbound,
            Outbound outbound,
            HandshakeRunner handshake,
            Life life,
            Function<Throwable, TlsAlertException> failing) {
        this.inbound = inbound;
        this.outbound = outbound;
        this.handshake = handshake;
        this.life = life;
        this.failing = failing;
    }

    /** Whether the client can be asked now. */
    public boolean isPossible() {
        return !outbound.isClosing() && proof() == PeerProof.POSSIBLE;
    }

    /** Whether the client was asked, and has not answered yet. */
    public boolean isDue() {
        return proof() == PeerProof.DUE;
    }

    private PeerProof proof() {
        inbound.lock.lock();
        try {
            return handshake.peerProof();
        } finally {
            inbound.lock.unlock();
        }
    }

    /**
     * Asks unless the client owes an answer already; whether it owes one then. What is wanted of it is found out before
     * anything is locked, since the caller's own code may be asked.
     */
    public boolean ask() throws TlsAlertException {
        if (!isPossible()) return isDue();
        var wanted = wanted();
        inbound.lock.lock();
        try {
            if (inbound.isClosed() || outbound.isClosing()) return false;
            life.floods().onOwnWish();
            return handshake.ask(wanted);
        } catch (TlsAlertException | RuntimeException | Error wrong) {
            throw failing.apply(wrong);
        } finally {
            inbound.lock.unlock();
        }
    }

    private TlsConfig wanted() throws TlsAlertException {
        try {
            return life.next().late();
        } catch (TlsAlertException | RuntimeException | Error wrong) {
            throw failing.apply(wrong);
        }
    }
}
