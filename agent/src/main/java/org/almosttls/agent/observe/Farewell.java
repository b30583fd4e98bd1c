package org.almosttls.agent.observe;

import org.almosttls.event.TlsEvent.Ending;

/** Which ends of a connection were seen. Any thread may say so. */
final class Farewell {

    private volatile boolean saidClose;
    private volatile boolean heardClose;
    private volatile boolean cutOff;

    /** This end has said close_notify. */
    void saidClose() {
        saidClose = true;
    }

    /** The peer has. */
    void heardClose() {
        heardClose = true;
    }

    boolean hasHeardClose() {
        return heardClose;
    }

    /** The transport ended. */
    void cutOff() {
        cutOff = true;
    }

    boolean isCutOff() {
        return cutOff;
    }

    /** How it ends if nothing is wrong with it but its end. */
    Ending ending() {
        if (heardClose || saidClose) return Ending.CLOSE_NOTIFY;
        return cutOff ? Ending.TRUNCATED : Ending.ABANDONED;
    }
}
