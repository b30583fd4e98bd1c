package org.almosttls.schedules;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

/** What an engine says of itself between two calls. */
record Moment(
        HandshakeStatus status,
        boolean established,
        boolean inboundDone,
        boolean outboundDone,
        int packetSize,
        int applicationSize) {

    static Moment of(SSLEngine engine, boolean established) {
        return new Moment(
                engine.getHandshakeStatus(),
                established,
                engine.isInboundDone(),
                engine.isOutboundDone(),
                engine.getSession().getPacketBufferSize(),
                engine.getSession().getApplicationBufferSize());
    }
}
