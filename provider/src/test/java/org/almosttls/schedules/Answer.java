package org.almosttls.schedules;

import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/** What came of one call of {@code wrap} or {@code unwrap}, and how it was around it. */
record Answer(String verb, Moment before, Moment after, SSLEngineResult result) {

    boolean isWrap() {
        return verb.equals("wrap");
    }

    boolean is(Status status) {
        return result.getStatus() == status;
    }

    boolean hasMoved() {
        return result.bytesConsumed() + result.bytesProduced() > 0;
    }

    boolean hasFinished() {
        return result.getHandshakeStatus() == HandshakeStatus.FINISHED;
    }
}
