package org.almosttls.agent.observe;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent.Header;
import org.almosttls.event.TlsEvent.RecordTransferred;
import org.almosttls.record.HandshakeReassembler;
import org.almosttls.record.RecordReader;
import org.almosttls.registry.ContentType;

/**
 * What one end says, as it passes: records in plaintext are read, protected ones are only counted. The stack itself calls
 * by one thread at a time for each direction.
 */
final class WatchedDirection implements RecordCutter.Records {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int TLS = 3;
    private static final int APPLICATION_DATA = ContentType.APPLICATION_DATA.code();

    private final Direction direction;
    private final WatchedHandshake handshake;
    private final RecordCutter cutter = new RecordCutter(this);
    private final HandshakeReassembler messages = new HandshakeReassembler();
    private ByteBuffer fragment = NOTHING;
    private final Passing passing;
    private final Counts counts = new Counts();

    /** The record that passes. */
    private static final class Passing {

        private final boolean isTold;
        private Optional<ContentType> type = Optional.empty();
        private int version;
        private int length;
        private boolean isProtected;
        private boolean isUnreadable;

        Passing(boolean isTold) {
            this.isTold = isTold;
        }
    }

    WatchedDirection(Direction direction, WatchedHandshake handshake) {
        this.direction = direction;
        this.handshake = handshake;
        this.passing = new Passing(handshake.tellsRecords());
    }

    void take(Object source, int from, int end) {
        cutter.take(source, from, end);
    }

    /** Whether what is there, and was not taken, is the beginning of it and no TLS. */
    boolean isForeign(Object source, int from, int end) {
        return counts.records() == 0 && cutter.isForeign(source, from, end);
    }

    /** Whether it does not begin as TLS does. */
    boolean isForeign() {
        return cutter.isForeign() && counts.records() == 0;
    }

    Counts counts() {
        return counts;
    }

    @Override
    public boolean isRecord(int code, int version, int length) {
        boolean isKnown = code == APPLICATION_DATA || ContentType.of(code).isPresent();
        return isKnown && version >> 8 == TLS && length <= RecordReader.MAX_FRAGMENT;
    }

    /** What says that it is application data has nothing in it that can be read. */
    @Override
    public boolean passes(int code, int version, int length) {
        if (code != APPLICATION_DATA || passing.isTold || !isRecord(code, version, length)) return false;
        counts.passed(true);
        return true;
    }

    @Override
    public void begins(int code, int version, int length) {
        // What most of them are is there already.
        if (passing.type.isEmpty() || passing.type.get().code() != code) passing.type = ContentType.of(code);
        passing.version = version;
        passing.length = length;
        if (isReadable()) fragment = ByteBuffer.allocate(length);
    }

    /** RFC 8446 §5: what is protected says that it is application data, and nothing else does. */
    private boolean isReadable() {
        ContentType known = passing.type.orElseThrow();
        return !passing.isProtected
                && !passing.isUnreadable
                && (known == ContentType.HANDSHAKE || known == ContentType.ALERT);
    }

    @Override
    public void holds(Object source, int index, int length) {
        if (fragment != NOTHING) Octets.copy(source, index, length, fragment);
    }

    @Override
    public void ends() {
        ContentType known = passing.type.orElseThrow();
        counts.passed(known == ContentType.APPLICATION_DATA);
        if (passing.isTold) tell(known);
        if (passing.isProtected || passing.isUnreadable || known == ContentType.APPLICATION_DATA) return;
        if (known == ContentType.CHANGE_CIPHER_SPEC) passing.isProtected = handshake.changesCipherSpec(direction);
        if (fragment == NOTHING) return;
        ByteBuffer whole = fragment.flip();
        fragment = NOTHING;
        if (known == ContentType.HANDSHAKE) read(whole);
        else handshake.alert(direction, whole);
    }

    /** RFC 8446 §5.2: what is in a record that only TLS 1.3 can have protected is hidden. */
    private void tell(ContentType known) {
        boolean isHidden = !passing.isProtected && known == ContentType.APPLICATION_DATA;
        var header = new Header(known, passing.version, passing.length, passing.isProtected || isHidden);
        var content = isHidden ? Optional.<ContentType>empty() : Optional.of(known);
        handshake.record(new RecordTransferred(direction, header, content, Optional.empty()));
    }

    private synchronized void read(ByteBuffer whole) {
        try {
            messages.add(whole);
            for (var message = messages.next(); message.isPresent(); message = messages.next()) {
                if (handshake.message(direction, message.get())) continue;
                messages.forget();
                passing.isUnreadable = true;
                return;
            }
        } catch (TlsAlertException tooLong) {
            passing.isUnreadable = true;
            tellPart(Optional.of(tooLong));
        }
    }

    /** Nothing follows. Any thread may say so. */
    synchronized void closes() {
        tellPart(Optional.empty());
    }

    private void tellPart(Optional<TlsAlertException> why) {
        var begun = messages.forget();
        if (begun.isEmpty() || begun.get().isWhole()) return;
        handshake.undecoded(direction, begun.get().header(), begun.get().octets(), why);
    }
}
