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
        // RFC 5246 §6.2.1, RFC 8446 §5.4: whatever padding there was.
        Violation.EMPTY_FRAGMENT.unless(content.hasRemaining());
        Violation.MALFORMED_ALERT.unless(content.remaining() == 2);
        int level = content.get();
        var description = new AlertDescription(content.get() & 0xFF);
        boolean known = level == AlertLevel.WARNING.code() || level == AlertLevel.FATAL.code();
        Violation.ALERT_LEVEL_UNKNOWN.when(!known && protocol.heedsLevel());
        boolean fatal = level != AlertLevel.WARNING.code();
        Violation.MALFORMED_ALERT.unless(protocol.has(fatal, description));
        return new ReceivedAlert(fatal ? AlertLevel.FATAL : AlertLevel.WARNING, description);
    }
}
