package org.almosttls.engine;

import java.nio.ByteBuffer;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.AlertLevel;
import org.almosttls.alert.AlertProtocol;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;

/** RFC 5246 §7.2: an alert as it comes, a record of its own. */
record ReceivedAlert(AlertLevel level, AlertDescription description) {

    static ReceivedAlert decode(ByteBuffer content, AlertProtocol protocol) throws TlsAlertException {
        Violation.MALFORMED_ALERT.unless(content.remaining() == 2);
        int level = content.get();
        var description = new AlertDescription(content.get() & 0xFF);
        Violation.ALERT_LEVEL_UNKNOWN.unless(level == AlertLevel.WARNING.code() || level == AlertLevel.FATAL.code());
        boolean fatal = level == AlertLevel.FATAL.code();
        Violation.MALFORMED_ALERT.unless(protocol.has(fatal, description));
        return new ReceivedAlert(fatal ? AlertLevel.FATAL : AlertLevel.WARNING, description);
    }
}
