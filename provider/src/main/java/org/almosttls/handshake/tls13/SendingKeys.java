package org.almosttls.handshake.tls13;

import org.almosttls.keyschedule.TrafficSecret;
import org.almosttls.message.Finished;
import org.almosttls.record.NextProtection;
import org.almosttls.record.RecordProtection;

/** RFC 8446 §7.2: what this end protects its data with, and what that becomes. Owns the secret; used under one lock. */
public final class SendingKeys implements NextProtection {

    /** RFC 8446 §5.5: 2^24.5 for AES-GCM; a little less for all does no harm. */
    private static final long MOST_RECORDS = 1L << 24;

    private final Agreement agreement;
    private TrafficSecret secret;

    /** Takes the secret over. */
    SendingKeys(Agreement agreement, TrafficSecret secret) {
        this.agreement = agreement;
        this.secret = secret;
    }

    RecordProtection first() {
        return agreement.sealing(secret);
    }

    @Override
    public RecordProtection next() {
        var next = secret.next();
        secret.close();
        secret = next;
        return agreement.sealing(next);
    }

    /** RFC 8446 §4.4: Finished after the handshake is made with the keys that data is sent under just then. */
    public Finished finished(Seen seen) {
        try (var key = secret.finishedKey()) {
            return new Finished(key.verifyData(seen.hash()));
        }
    }

    @Override
    public long mostRecords() {
        return MOST_RECORDS;
    }

    @Override
    public long mostOctets() {
        return agreement.config().keyLimits().octetsOf(agreement.suite().cipher());
    }

    @Override
    public void close() {
        secret.close();
    }

    @Override
    public String toString() {
        return "SendingKeys";
    }
}
