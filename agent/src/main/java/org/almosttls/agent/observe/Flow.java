package org.almosttls.agent.observe;

import org.almosttls.event.TlsEvent.Ending;
import org.almosttls.event.TlsEvent.Traffic;

/** What application data has gone each way, and which ends of it were seen. Each direction has one thread at a time. */
final class Flow {

    private volatile long bytesSent;
    private volatile long bytesReceived;
    private volatile long recordsSent;
    private volatile long recordsReceived;
    private volatile boolean saidClose;
    private volatile boolean heardClose;
    private volatile boolean cutOff;

    void sent(long octets, long records) {
        bytesSent += octets;
        recordsSent += records;
    }

    void received(long octets, long records) {
        bytesReceived += octets;
        recordsReceived += records;
    }

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

    Traffic traffic() {
        return new Traffic(bytesSent, bytesReceived, recordsSent, recordsReceived);
    }
}
