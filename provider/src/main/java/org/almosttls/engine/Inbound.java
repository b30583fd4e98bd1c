package org.almosttls.engine;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent.Header;
import org.almosttls.record.LimitedProtection;
import org.almosttls.record.RecordProtection;
import org.almosttls.record.RecordReader;
import org.almosttls.record.RecordVersions;
import org.almosttls.record.SkippingProtection;
import org.almosttls.registry.ContentType;

/** The half that receives: where records are found, and the keys they are opened under. */
final class Inbound {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** Guards this half and the state of the handshake. */
    final ReentrantLock lock = new ReentrantLock();

    private final RecordReader reader = new RecordReader();
    private final Counter counter = new Counter();
    private final RecordTeller teller;
    private RecordProtection protection;
    private ByteBuffer scratch = NOTHING;

    Inbound(RecordProtection initial, Reporter reporter) {
        this.protection = initial;
        this.teller = new RecordTeller(Direction.RECEIVED, reporter);
    }

    /** Whether a whole record remains in {@code network}; nothing is consumed. */
    boolean find(ByteBuffer network) throws TlsAlertException {
        return reader.find(network);
    }

    /** The type in the header of the record just found. */
    ContentType outerType() {
        return reader.type();
    }

    /** The most octets of content that the record just found can hold. */
    int contentBound() {
        return Math.min(protection.openedBound(reader.fragmentLength()), protection.mostPlaintext());
    }

    /** Opens the record just found into {@code destination}, which has room, and consumes it. */
    ContentType open(ByteBuffer network, ByteBuffer destination) throws TlsAlertException {
        int limit = network.limit();
        network.position(network.position() + RecordReader.HEADER_LENGTH);
        network.limit(network.position() + reader.fragmentLength());
        ContentType content = null;
        try {
            content = protection.open(reader.type(), reader.version(), network, destination);
            return content;
        } finally {
            network.limit(limit);
            if (teller.tells()) teller.tell(header(), Optional.ofNullable(content));
        }
    }

    private Header header() {
        var type = reader.type();
        return new Header(type, reader.version(), reader.fragmentLength(), protection.protects(type));
    }

    /** RFC 8446 §4.2.10: consumes the record just found if it is early data that is not wanted. */
    boolean passesOver(ByteBuffer network) throws TlsAlertException {
        int start = network.position();
        int limit = network.limit();
        network.position(start + RecordReader.HEADER_LENGTH);
        network.limit(network.position() + reader.fragmentLength());
        boolean passed = false;
        try {
            passed = protection.passesOver(reader.type(), reader.version(), network);
        } finally {
            network.limit(limit);
            if (!passed) network.position(start);
        }
        if (passed && teller.tells()) teller.tellUnreadable(reader.type(), reader.version(), reader.fragmentLength());
        return passed;
    }

    /** RFC 8446 §4.2.10: from now on early data is passed over, until a hello comes. */
    void skipEarlyData() {
        protection = SkippingProtection.beforeHello(protection);
    }

    /** Room for any record's content and padding; its last content is gone. */
    ByteBuffer scratch() {
        if (scratch.capacity() == 0) scratch = ByteBuffer.allocate(RecordReader.MAX_FRAGMENT);
        return scratch.clear();
    }

    /** Whether this buffer alone can take whatever the record just found opens to. */
    boolean fits(ByteBuffer destination) {
        return destination.remaining() >= protection.openedBound(reader.fragmentLength());
    }

    void protect(RecordProtection next) {
        protection.close();
        protection = next;
        teller.turnTo(next);
        reader.requireAgreedVersion();
    }

    /** From now on records under these keys hold at most so many octets. */
    void limit(int plaintext) {
        protection = new LimitedProtection(protection, plaintext);
    }

    /** How many octets must be added before more can be done than judge a header; 0 if a whole record is there. */
    int missing(ByteBuffer network) {
        return reader.missing(network);
    }

    /** Whether what was last looked at is the beginning of a record. */
    boolean isCutOff() {
        return reader.isCutOff();
    }

    void expect(RecordVersions versions) throws TlsAlertException {
        reader.expect(versions);
    }

    void agreeVersion(int version) throws TlsAlertException {
        reader.agreeVersion(version);
    }

    /** The handshake is over: an idle connection should hold little. */
    void releaseScratch() {
        scratch = NOTHING;
    }

    boolean isClosed() {
        return counter.isEnded();
    }

    void close() {
        counter.end();
        protection.close();
        releaseScratch();
    }

    Counter counter() {
        return counter;
    }
}
