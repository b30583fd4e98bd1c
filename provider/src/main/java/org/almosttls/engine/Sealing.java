package org.almosttls.engine;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.record.LimitedProtection;
import org.almosttls.record.NextProtection;
import org.almosttls.record.RecordProtection;
import org.almosttls.registry.ContentType;

/** What records are sealed by, how data is cut for it, how much of it that was, and what comes after. */
final class Sealing {

    private final Gather gather;
    private RecordProtection protection;
    private Optional<NextProtection> following = Optional.empty();
    private long recordsLeft = Long.MAX_VALUE;
    private long octetsLeft = Long.MAX_VALUE;

    Sealing(RecordProtection initial, int packet) {
        gather = new Gather(packet);
        protection = initial;
        gather.fit(initial);
    }

    Gather gather() {
        return gather;
    }

    int sealedLength(int plaintext) {
        return protection.sealedLength(plaintext);
    }

    void seal(ContentType type, ByteBuffer content, ByteBuffer network) throws TlsAlertException {
        recordsLeft--;
        octetsLeft -= content.remaining();
        protection.seal(type, content, network);
    }

    /** The keys before are erased. */
    void use(RecordProtection next) {
        protection.close();
        fit(next);
        recordsLeft = following.map(NextProtection::mostRecords).orElse(Long.MAX_VALUE);
        octetsLeft = following.map(NextProtection::mostOctets).orElse(Long.MAX_VALUE);
    }

    void limit(int plaintext) {
        fit(new LimitedProtection(protection, plaintext));
    }

    private void fit(RecordProtection next) {
        protection = next;
        gather.fit(next);
    }

    /** From now on the keys can be renewed; owns what they are renewed by. */
    void renewBy(NextProtection next) {
        following = Optional.of(next);
        recordsLeft = next.mostRecords();
        octetsLeft = next.mostOctets();
    }

    boolean isRenewedBy(NextProtection one) {
        return following.filter(own -> own == one).isPresent();
    }

    Optional<NextProtection> following() {
        return following;
    }

    /** RFC 8446 §5.5: whether so much more would be too much under these keys. */
    boolean isWorn(int octets) {
        return recordsLeft <= 1 || octetsLeft < octets;
    }

    void close() {
        protection.close();
        following.ifPresent(NextProtection::close);
    }
}
