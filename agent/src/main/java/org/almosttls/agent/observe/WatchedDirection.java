package org.almosttls.agent.observe;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.AlertLevel;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent.AlertTransferred;
import org.almosttls.event.TlsEvent.ChangeCipherSpecTransferred;
import org.almosttls.event.TlsEvent.Header;
import org.almosttls.event.TlsEvent.MessageUndecoded;
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
    private static final int MESSAGE_HEADER = 4;
    private static final int APPLICATION_DATA = ContentType.APPLICATION_DATA.code();

    private final Direction direction;
    private final Telling telling;
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

    WatchedDirection(Direction direction, Telling telling) {
        this.direction = direction;
        this.telling = telling;
        this.passing = new Passing(telling.tellsRecords());
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
        if (passing.isProtected) return false;
        ContentType known = passing.type.orElseThrow();
        return known == ContentType.ALERT || known == ContentType.HANDSHAKE && !passing.isUnreadable;
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
        if (passing.isProtected || known == ContentType.APPLICATION_DATA) return;
        if (known == ContentType.CHANGE_CIPHER_SPEC) passing.isProtected = changesCipherSpec();
        if (fragment == NOTHING) return;
        ByteBuffer whole = fragment.flip();
        fragment = NOTHING;
        if (known == ContentType.HANDSHAKE) read(whole);
        else alert(whole);
    }

    /** RFC 8446 §D.4: in TLS 1.3 it is there for middleboxes only, and may come before the version is known. */
    private boolean changesCipherSpec() {
        telling.tell(new ChangeCipherSpecTransferred(direction));
        return telling.hellos().isBefore13();
    }

    /** RFC 5246 §7.2: level and description; what is neither is not readable. */
    private void alert(ByteBuffer content) {
        if (content.remaining() != 2) return;
        int level = content.get() & 0xFF;
        var known = level == AlertLevel.FATAL.code() ? AlertLevel.FATAL : AlertLevel.WARNING;
        if (known.code() != level) return;
        telling.tell(new AlertTransferred(direction, known, new AlertDescription(content.get() & 0xFF)));
    }

    /** RFC 8446 §5.2: what is in a record that only TLS 1.3 can have protected is hidden. */
    private void tell(ContentType known) {
        boolean isHidden = !passing.isProtected && known == ContentType.APPLICATION_DATA;
        var header = new Header(known, passing.version, passing.length, passing.isProtected || isHidden);
        var content = isHidden ? Optional.<ContentType>empty() : Optional.of(known);
        telling.tell(new RecordTransferred(direction, header, content, Optional.empty()));
    }

    private synchronized void read(ByteBuffer whole) {
        try {
            if (isMessage(whole.array())) {
                passing.isUnreadable = !telling.message(direction, whole.array());
                return;
            }
            messages.add(whole);
            for (var message = messages.next(); message.isPresent(); message = messages.next()) {
                if (telling.message(direction, message.get())) continue;
                messages.forget();
                passing.isUnreadable = true;
                return;
            }
        } catch (TlsAlertException tooLong) {
            passing.isUnreadable = true;
            tellPart(Optional.of(tooLong));
        }
    }

    /** What most records are, if nothing of a message waits: one message, behind the header that says so. */
    private boolean isMessage(byte[] fragment) {
        return messages.isEmpty()
                && fragment.length >= MESSAGE_HEADER
                && fragment.length == MESSAGE_HEADER + Octets.uint24(fragment, 1);
    }

    /** Nothing follows. Any thread may say so. */
    synchronized void closes() {
        tellPart(Optional.empty());
    }

    private void tellPart(Optional<TlsAlertException> why) {
        var begun = messages.forget();
        if (begun.isEmpty() || begun.get().isWhole()) return;
        telling.tell(new MessageUndecoded(
                direction, begun.get().header(), begun.get().octets(), why));
    }
}
