package org.almosttls.record;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.ContentType;

/**
 * RFC 8446 §4.2.10: another protection, before whose first record early data may come that this end has not accepted and
 * cannot read. It is passed over.
 */
public final class SkippingProtection extends ForwardingProtection {

    /** In octets on the wire: whoever permits early data in tickets seldom permits more than a record of it. */
    static final int MOST = 1 << 16;

    private static final Set<Violation> UNREADABLE =
            EnumSet.of(Violation.BAD_RECORD, Violation.RECORD_TOO_LONG, Violation.RECORD_OVER_LIMIT);

    private final Optional<Supplier<RecordProtection>> trial;
    private int left = MOST;
    private boolean over;

    private SkippingProtection(RecordProtection proper, Optional<Supplier<RecordProtection>> trial) {
        super(proper);
        this.trial = trial;
    }

    /**
     * The server has answered: early data is what does not open.
     *
     * @param fresh makes the protection for records from number 0 on
     */
    public static SkippingProtection of(Supplier<RecordProtection> fresh) {
        return new SkippingProtection(fresh.get(), Optional.of(fresh));
    }

    /** The server has asked for another hello, which comes in plaintext: early data is what says that it is data. */
    public static SkippingProtection beforeHello(RecordProtection plain) {
        return new SkippingProtection(plain, Optional.empty());
    }

    @Override
    public boolean passesOver(ContentType type, int version, ByteBuffer fragment) throws TlsAlertException {
        if (over || type != ContentType.APPLICATION_DATA) return false;
        if (trial.isPresent() && opens(trial.get(), version, fragment.duplicate())) {
            over = true;
            return false;
        }
        left -= RecordReader.HEADER_LENGTH + fragment.remaining();
        Violation.TOO_MUCH_EARLY_DATA.when(left < 0);
        fragment.position(fragment.limit());
        return true;
    }

    /**
     * Whether the record is under these keys; if it is, and is wrong nevertheless, whoever opens it will see. What is too
     * long was not even tried.
     */
    private static boolean opens(Supplier<RecordProtection> fresh, int version, ByteBuffer fragment) {
        var room = ByteBuffer.allocate(RecordReader.MAX_FRAGMENT);
        try (var protection = fresh.get()) {
            protection.open(ContentType.APPLICATION_DATA, version, fragment, room);
            return true;
        } catch (TlsAlertException unreadable) {
            return !UNREADABLE.contains(unreadable.violation());
        }
    }

    @Override
    public ContentType open(ContentType type, int version, ByteBuffer fragment, ByteBuffer plaintext)
            throws TlsAlertException {
        over |= type == ContentType.HANDSHAKE;
        return proper.open(type, version, fragment, plaintext);
    }
}
