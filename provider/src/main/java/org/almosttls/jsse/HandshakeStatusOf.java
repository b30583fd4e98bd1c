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
            // A handshake that ends with a message received and a task: the next result says FINISHED.
            case READY -> connection.isFinishedUntold() ? HandshakeStatus.NEED_WRAP : HandshakeStatus.NOT_HANDSHAKING;
            // Also where one end has said close_notify and the other has not: as the platform's engine has it for 1.2.
            case NOT_STARTED, CLOSED -> HandshakeStatus.NOT_HANDSHAKING;
        };
    }
}
