package org.almosttls.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;

/** RFC 8446 §4.2.10: the early data that a server has taken, until its caller asks for it. */
final class EarlyInbox {

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private boolean open;
    private long left;

    /** From now on so many octets may come. */
    synchronized void open(long most) {
        open = true;
        left = most;
    }

    /** From now on no more may. */
    synchronized void end() {
        open = false;
    }

    /** Takes a record's content; how many octets that were. */
    synchronized int add(ByteBuffer content, Counter counter) throws TlsAlertException {
        Violation.DATA_BEFORE_FINISHED.unless(open);
        int octets = content.remaining();
        left -= octets;
        Violation.TOO_MUCH_EARLY_DATA.when(left < 0);
        while (content.hasRemaining()) data.write(content.get());
        counter.add(octets);
        return octets;
    }

    /** What has come since it was last asked for. */
    synchronized byte[] take() {
        byte[] all = data.toByteArray();
        data.reset();
        return all;
    }
}
