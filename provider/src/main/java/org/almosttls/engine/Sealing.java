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
    /** Since these keys are in use. */
    private long records;

    private long octets;

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
        records++;
        octets += protection.paddedLength(content.remaining());
        protection.seal(type, content, network);
    }

    /** The keys before are erased. */
    void use(RecordProtection next) {
        protection.close();
        fit(next);
        startCounting();
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
        startCounting();
    }

    private void startCounting() {
        records = 0;
        octets = 0;
    }

    boolean isRenewedBy(NextProtection one) {
        return following.filter(own -> own == one).isPresent();
    }

    Optional<NextProtection> following() {
        return following;
    }

    /**
     * RFC 8446 §5.5: whether a record with so much more would be too much under these keys, of which one record is left
     * for the KeyUpdate. Keys that are new are good for a record of any length, or there would be no end of new ones.
     */
    boolean isWorn(int plaintext) {
        return following
                .filter(keys -> records >= keys.mostRecords() - 1 || isOver(keys.mostOctets(), plaintext))
                .isPresent();
    }

    private boolean isOver(long most, int plaintext) {
        return octets > 0 && octets + protection.paddedLength(plaintext) > most;
    }

    void close() {
        protection.close();
        following.ifPresent(NextProtection::close);
    }
}
