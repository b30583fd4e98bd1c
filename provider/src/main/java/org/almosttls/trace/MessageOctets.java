package org.almosttls.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.almosttls.message.ClientHello;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.NewSessionTicket;
import org.almosttls.message.NewSessionTicket13;
import org.almosttls.registry.ExtensionType;

/**
 * A message's octets for a log: {@code xx} for each octet of a ticket and of what offers one. A ticket holds its session,
 * under a key of the server's that may be lost one day (RFC 5077 §5.5), and a key that people chose can be guessed by its
 * binder (RFC 8446 §2.2). Long messages are cut.
 */
final class MessageOctets {

    static final int MOST = 1 << 14;

    private static final int HEADER = 4;
    private static final int RANDOM = 32;
    private static final char HIDDEN = 'x';

    private final byte[] octets;
    private final int length;

    private MessageOctets(byte[] octets, int length) {
        this.octets = octets;
        this.length = length;
    }

    /** Owns a copy of what is shown. */
    static MessageOctets of(byte[] message) {
        return new MessageOctets(Arrays.copyOf(message, Math.min(message.length, MOST)), message.length);
    }

    int length() {
        return length;
    }

    /** From one index to before another. */
    private record Range(int from, int end) {}

    String hex(HandshakeMessage message) {
        var hex = new StringBuilder(HexFormat.of().formatHex(octets));
        for (Range range : hidden(message)) {
            for (int at = range.from; at < Math.min(range.end, octets.length); at++) hide(hex, at);
        }
        return length > octets.length ? hex + "..." : hex.toString();
    }

    private static void hide(StringBuilder hex, int at) {
        hex.setCharAt(2 * at, HIDDEN);
        hex.setCharAt(2 * at + 1, HIDDEN);
    }

    private List<Range> hidden(HandshakeMessage message) {
        if (message instanceof ClientHello) return hiddenInHello();
        // RFC 5077 §3.3: lifetime and length; RFC 8446 §4.6.1: lifetime, age_add, nonce and length.
        if (message instanceof NewSessionTicket ticket) return List.of(range(HEADER + 4 + 2, ticket.ticket()));
        if (message instanceof NewSessionTicket13 ticket)
            return List.of(range(HEADER + 4 + 4 + 1 + ticket.nonce().length + 2, ticket.ticket()));
        return List.of();
    }

    private static Range range(int from, byte[] ticket) {
        return new Range(from, from + ticket.length);
    }

    /** RFC 8446 §4.1.2: version, random, session id, suites, compression methods, extensions. */
    private List<Range> hiddenInHello() {
        int at = HEADER + 2 + RANDOM;
        at += 1 + uint8(at);
        at += 2 + uint16(at);
        at += 1 + uint8(at);
        var ranges = new ArrayList<Range>();
        for (at += 2; at + 4 <= octets.length; at += 4 + uint16(at + 2)) {
            if (ExtensionFacts.HIDDEN.contains(new ExtensionType(uint16(at))))
                ranges.add(new Range(at + 4, at + 4 + uint16(at + 2)));
        }
        return ranges;
    }

    private int uint8(int at) {
        return at < octets.length ? octets[at] & 0xFF : 0;
    }

    private int uint16(int at) {
        return uint8(at) << 8 | uint8(at + 1);
    }
}
