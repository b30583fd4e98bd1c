package org.almosttls.trace;

import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.event.TlsEvent.MessageUndecoded;
import org.almosttls.registry.HandshakeType;

/**
 * RFC 8446 §4: what is known of a message by its header, and why it is not decoded. None of its octets is told: who knows
 * what they are?
 */
final class UndecodedFacts {

    static final String NAME = "undecoded";

    private UndecodedFacts() {}

    /** As the RFCs spell it; of a type that nobody has named, that of the structure. */
    static String nameOf(MessageUndecoded message) {
        int code = message.header()[0] & 0xFF;
        String name = HandshakeType.nameOf(code);
        return name.startsWith("0x") ? "Handshake" : Said.nameOf(name);
    }

    static Facts of(MessageUndecoded message) {
        var facts = new Facts().number("type", message.header()[0] & 0xFF);
        length(message.header()).ifPresent(length -> facts.number("length", length));
        return facts.inner(NAME, why(message).number("received", message.octets()));
    }

    private static Optional<Integer> length(byte[] header) {
        return header.length < MessageUndecoded.HEADER_LENGTH
                ? Optional.empty()
                : Optional.of(MessageUndecoded.HEADER_LENGTH
                        + ((header[1] & 0xFF) << 16 | (header[2] & 0xFF) << 8 | header[3] & 0xFF));
    }

    private static Facts why(MessageUndecoded message) {
        return message.why()
                .map(UndecodedFacts::broken)
                .orElseGet(() -> new Facts()
                        .text(
                                "cause",
                                isWhole(message) ? "nobody here knows how it is read" : "the rest did not come"));
    }

    private static Facts broken(TlsAlertException why) {
        return new Facts()
                .text("code", why.violation().name())
                .text("rule", why.violation().section())
                .text("cause", why.getMessage());
    }

    private static boolean isWhole(MessageUndecoded message) {
        return length(message.header())
                .filter(length -> length == message.octets())
                .isPresent();
    }
}
