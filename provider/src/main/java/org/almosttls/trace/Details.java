package org.almosttls.trace;

import java.util.Locale;
import java.util.Optional;
import org.almosttls.event.Direction;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.AlertTransferred;
import org.almosttls.event.TlsEvent.ChangeCipherSpecTransferred;
import org.almosttls.event.TlsEvent.Heartbeat;
import org.almosttls.event.TlsEvent.HeartbeatTransferred;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.event.TlsEvent.MessageUndecoded;
import org.almosttls.event.TlsEvent.Place;
import org.almosttls.event.TlsEvent.RecordTransferred;
import org.almosttls.registry.ContentType;
import org.almosttls.trace.DetailLine.Kind;
import org.almosttls.trace.DetailLine.Protection;
import org.almosttls.trace.SessionLine.Opening;

/** What {@code detail} adds to the sessions' lines: one for each message, and one for each record if that is wanted. */
final class Details {

    private static final int HEADER_LENGTH = 5;
    /** What a message takes decoded, at the most and for each of its octets. */
    private static final int DECODED = 16;

    private static final int MOST_OF_A_LINE = 512;

    private final Opening opening;
    private final Course course;
    private final Allowance allowance = new Allowance();

    /** A line that is still to be made, and how much memory it may hold on to. */
    record Pending(Making making, int octets) {}

    /** Makes a line; called by the writing thread. */
    interface Making {
        DetailLine line();
    }

    Details(Opening opening) {
        this.opening = opening;
        this.course = new Course(opening.role());
    }

    /** To be told of each event but records, whether or not there is a line for it. */
    void follow(TlsEvent event) {
        course.take(event);
    }

    /** Whether the connection may have another line about something of so many octets. */
    boolean allows(TlsEvent event) {
        if (event instanceof MessageTransferred message) return allowance.allows(message.bytes().length);
        if (event instanceof MessageUndecoded undecoded) return allowance.allows(undecoded.octets());
        if (event instanceof RecordTransferred record)
            return allowance.allows(HEADER_LENGTH + record.header().length());
        return allowance.allows(0);
    }

    /** Nothing for what needs no line. */
    Optional<Pending> of(Moment moment, TlsEvent event) {
        if (event instanceof MessageTransferred transferred) return Optional.of(message(moment, transferred));
        if (event instanceof MessageUndecoded undecoded) return Optional.of(undecoded(moment, undecoded));
        if (event instanceof RecordTransferred transferred) return Optional.of(record(moment, transferred));
        if (event instanceof ChangeCipherSpecTransferred transferred)
            return Optional.of(changeCipherSpec(moment, transferred.direction()));
        if (event instanceof AlertTransferred alert) return Optional.of(alert(moment, alert));
        if (event instanceof HeartbeatTransferred heartbeat) return Optional.of(heartbeat(moment, heartbeat));
        return Optional.empty();
    }

    private Pending message(Moment moment, MessageTransferred transferred) {
        var message = transferred.message();
        var octets = MessageOctets.of(transferred.bytes());
        var protection = protection(transferred.direction());
        return new Pending(
                () -> new DetailLine(
                        opening,
                        moment.time(),
                        transferred.direction(),
                        Kind.MESSAGE,
                        Optional.of(protection),
                        MessageFacts.nameOf(message),
                        new Facts()
                                .number("type", message.type().code())
                                .number("length", octets.length())
                                .hex("octets", octets.hex(message)),
                        MessageFacts.of(message)),
                MOST_OF_A_LINE + DECODED * octets.length());
    }

    private Pending undecoded(Moment moment, MessageUndecoded undecoded) {
        var line = new DetailLine(
                opening,
                moment.time(),
                undecoded.direction(),
                Kind.MESSAGE,
                Optional.of(protection(undecoded.direction())),
                UndecodedFacts.nameOf(undecoded),
                UndecodedFacts.of(undecoded),
                new Facts());
        return new Pending(() -> line, MOST_OF_A_LINE);
    }

    private Protection protection(Direction direction) {
        return Protection.by(course.keys(direction));
    }

    /** RFC 8446 §5: amid what is protected it is not, and stands for nothing. */
    private Pending changeCipherSpec(Moment moment, Direction direction) {
        var protection = Optional.of(course.isBefore13() ? protection(direction) : Protection.NONE);
        var line = new DetailLine(
                opening,
                moment.time(),
                direction,
                Kind.MESSAGE,
                protection,
                "ChangeCipherSpec",
                octets(1),
                new Facts());
        return new Pending(() -> line, MOST_OF_A_LINE);
    }

    private Pending alert(Moment moment, AlertTransferred alert) {
        var body = new Facts()
                .text("level", alert.level().name().toLowerCase(Locale.ROOT))
                .text("description", alert.description().name());
        var head = octets(alert.level().code(), alert.description().code());
        return small(moment, alert.direction(), "Alert", head, body);
    }

    private static Facts octets(int... octets) {
        var bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) bytes[i] = (byte) octets[i];
        return new Facts().number("length", bytes.length).octets("octets", bytes);
    }

    /** RFC 6520 §4: without its payload, which belongs to whoever sent it; one that was passed over has no type to go by. */
    private Pending heartbeat(Moment moment, HeartbeatTransferred heartbeat) {
        var name = switch (heartbeat.kind()) {
            case REQUEST -> "HeartbeatRequest";
            case RESPONSE -> "HeartbeatResponse";
            case DISCARDED -> "HeartbeatMessage";
        };
        var body = new Facts();
        if (heartbeat.kind() == Heartbeat.DISCARDED) body.text("outcome", "discarded");
        return small(moment, heartbeat.direction(), name, new Facts(), body);
    }

    /** RFC 5246 §7.1, §7.2: what is no handshake message; another stack's may be known by its words only. */
    private Pending small(Moment moment, Direction direction, String name, Facts head, Facts body) {
        boolean isOurs = opening.isOurs();
        var protection = isOurs ? Optional.of(protection(direction)) : Optional.<Protection>empty();
        var line = new DetailLine(opening, moment.time(), direction, Kind.MESSAGE, protection, name, head, body);
        return new Pending(() -> line, MOST_OF_A_LINE);
    }

    private Pending record(Moment moment, RecordTransferred record) {
        var header = record.header();
        var keys = record.place().flatMap(place -> course.keys(record.direction(), place.keys()));
        var head = new Facts()
                .text("type", lower(header.type()))
                .text("version", "0x%04X".formatted(header.version()))
                .number("length", header.length());
        record.content().ifPresent(content -> head.text("content", lower(content)));
        record.place().map(Place::sequence).ifPresent(number -> head.number("sequence", number));
        var protection = Optional.of(header.isProtected() ? new Protection(true, keys) : Protection.NONE);
        var line = new DetailLine(
                opening, moment.time(), record.direction(), Kind.RECORD, protection, "record", head, new Facts());
        return new Pending(() -> line, MOST_OF_A_LINE);
    }

    private static String lower(ContentType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
