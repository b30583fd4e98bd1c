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

    private final Direction direction;
    private final WatchedHandshake handshake;
    private final RecordCutter cutter = new RecordCutter(this);
    private final HandshakeReassembler messages = new HandshakeReassembler();
    private ByteBuffer fragment = NOTHING;
    private Optional<ContentType> type = Optional.empty();
    private Passed passed = new Passed();

    /** What has gone by. */
    static final class Passed {

        private int version;
        private int length;
        private boolean isProtected;
        private boolean isUnreadable;
        private volatile long records;
        private volatile long applicationRecords;
    }

    WatchedDirection(Direction direction, WatchedHandshake handshake) {
        this.direction = direction;
        this.handshake = handshake;
    }

    void take(Object source, int from, int end) {
        cutter.take(source, from, end);
    }

    /** Whether what is there, and was not taken, is the beginning of it and no TLS. */
    boolean isForeign(Object source, int from, int end) {
        return passed.records == 0 && cutter.isForeign(source, from, end);
    }

    /** Whether it does not begin as TLS does. */
    boolean isForeign() {
        return cutter.isForeign() && passed.records == 0;
    }

    /** How many records were said. */
    long records() {
        return passed.records;
    }

    /** How many of them say that they carry application data, which in TLS 1.3 is all that are protected. */
    long applicationRecords() {
        return passed.applicationRecords;
    }

    @Override
    public boolean isRecord(int code, int version, int length) {
        return ContentType.of(code).isPresent() && version >> 8 == TLS && length <= RecordReader.MAX_FRAGMENT;
    }

    @Override
    public void begins(int code, int version, int length) {
        type = ContentType.of(code);
        passed.version = version;
        passed.length = length;
        fragment = isReadable() ? ByteBuffer.allocate(length) : NOTHING;
    }

    /** RFC 8446 §5: what is protected says that it is application data, and nothing else does. */
    private boolean isReadable() {
        ContentType known = type.orElseThrow();
        return !passed.isProtected
                && !passed.isUnreadable
                && (known == ContentType.HANDSHAKE || known == ContentType.ALERT);
    }

    @Override
    public void holds(Object source, int index, int length) {
        if (fragment != NOTHING) Octets.copy(source, index, length, fragment);
    }

    @Override
    public void ends() {
        passed.records++;
        ContentType known = type.orElseThrow();
        if (known == ContentType.APPLICATION_DATA) passed.applicationRecords++;
        if (handshake.tellsRecords()) tell(known);
        if (passed.isProtected || passed.isUnreadable || known == ContentType.APPLICATION_DATA) return;
        if (known == ContentType.CHANGE_CIPHER_SPEC) passed.isProtected = handshake.changesCipherSpec(direction);
        if (fragment == NOTHING) return;
        ByteBuffer whole = fragment.flip();
        fragment = NOTHING;
        if (known == ContentType.HANDSHAKE) read(whole);
        else handshake.alert(direction, whole);
    }

    /** RFC 8446 §5.2: what is in a record that only TLS 1.3 can have protected is hidden. */
    private void tell(ContentType known) {
        boolean isHidden = !passed.isProtected && known == ContentType.APPLICATION_DATA;
        var header = new Header(known, passed.version, passed.length, passed.isProtected || isHidden);
        var content = isHidden ? Optional.<ContentType>empty() : Optional.of(known);
        handshake.record(new RecordTransferred(direction, header, content, Optional.empty()));
    }

    private synchronized void read(ByteBuffer whole) {
        try {
            messages.add(whole);
            for (var message = messages.next(); message.isPresent(); message = messages.next()) {
                if (handshake.message(direction, message.get())) continue;
                messages.forget();
                passed.isUnreadable = true;
                return;
            }
        } catch (TlsAlertException tooLong) {
            passed.isUnreadable = true;
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
