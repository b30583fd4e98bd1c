package org.almosttls.handshake.tls13;

import org.almosttls.keyschedule.TrafficSecret;
import org.almosttls.record.NextProtection;
import org.almosttls.record.RecordProtection;

/** RFC 8446 §7.2: what this end protects its data with, and what that becomes. Owns the secret; used under one lock. */
final class SendingKeys implements NextProtection {

    /** RFC 8446 §5.5: 2^24.5 for AES-GCM; a little less for all does no harm. */
    private static final long MOST_RECORDS = 1L << 24;

    private final Agreement agreement;
    private TrafficSecret secret;

    /** Takes the secret over. */
    SendingKeys(Agreement agreement, TrafficSecret secret) {
        this.agreement = agreement;
        this.secret = secret;
    }

    @Override
    public RecordProtection next() {
        var next = secret.next();
        secret.close();
        secret = next;
        return agreement.sealing(next);
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
