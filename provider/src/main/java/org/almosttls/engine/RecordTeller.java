package org.almosttls.engine;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent.Header;
import org.almosttls.event.TlsEvent.Place;
import org.almosttls.event.TlsEvent.RecordTransferred;
import org.almosttls.record.RecordProtection;
import org.almosttls.record.RecordReader;
import org.almosttls.registry.ContentType;

/** Tells the records of one direction to who wants them, and counts them for that. */
final class RecordTeller {

    private final Direction direction;
    private final Reporter reporter;
    private int keys;
    private boolean plain = true;
    private long sequence;

    RecordTeller(Direction direction, Reporter reporter) {
        this.direction = direction;
        this.reporter = reporter;
    }

    /** Whether anybody wants them; if not, nothing else here is to be called for each record. */
    boolean tells() {
        return reporter.tellsRecords();
    }

    /** The records that follow are under other keys, or, where a hello is asked for again, under none. */
    void turnTo(RecordProtection next) {
        boolean nextIsPlain = !next.protects(ContentType.APPLICATION_DATA);
        if (nextIsPlain && plain) return;
        plain = nextIsPlain;
        if (!plain) keys++;
        sequence = 0;
    }

    /** @param content empty if it does not open */
    void tell(Header header, Optional<ContentType> content) {
        reporter.report(new RecordTransferred(direction, header, content, place(header)));
    }

    /** RFC 8446 §4.2.10: under keys that this end does not have. */
    void tellUnreadable(ContentType type, int version, int length) {
        var header = new Header(type, version, length, true);
        reporter.report(new RecordTransferred(direction, header, Optional.empty(), Optional.empty()));
    }

    /** @param start where the record just sealed begins in {@code network} */
    void tellSealed(ContentType content, ByteBuffer network, int start) {
        var type = ContentType.of(network.get(start) & 0xFF).orElse(content);
        int version = (network.get(start + 1) & 0xFF) << 8 | network.get(start + 2) & 0xFF;
        int length = network.position() - start - RecordReader.HEADER_LENGTH;
        tell(new Header(type, version, length, !plain), Optional.of(content));
    }

    /** What goes in plaintext amid what is protected has no number. */
    private Optional<Place> place(Header header) {
        if (header.isProtected() == plain) return Optional.empty();
        return Optional.of(new Place(plain ? 0 : keys, sequence++));
    }
}
