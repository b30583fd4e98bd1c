package org.almosttls.jsse;

import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.almosttls.engine.TlsConnection;

/** What an engine's caller has to do next, in JSSE's words; never FINISHED, which a result says once. */
final class HandshakeStatusOf {

    private HandshakeStatusOf() {}

    static HandshakeStatus of(TlsConnection connection) {
        return switch (connection.status()) {
            case NEED_TASK -> HandshakeStatus.NEED_TASK;
            case NEED_SEND -> HandshakeStatus.NEED_WRAP;
            case NEED_RECEIVE -> HandshakeStatus.NEED_UNWRAP;
            case NOT_STARTED, CLOSED -> HandshakeStatus.NOT_HANDSHAKING;
            case READY -> halfClosed(connection);
        };
    }

    /** As the platform's engine: whoever said close_notify is told to wait for the peer's. */
    private static HandshakeStatus halfClosed(TlsConnection connection) {
        boolean waits = connection.isOutboundClosed() && !connection.isInboundClosed();
        return waits ? HandshakeStatus.NEED_UNWRAP : HandshakeStatus.NOT_HANDSHAKING;
    }
}
