package org.almosttls.agent.lab;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.message.ClientHello;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.HandshakeType;

/** Mallory's repertoire on the wire. */
final class Tamperings {

    /** In the names of suites with keys of 256 bits. */
    private static final List<String> STRONG = List.of("AES_256", "CHACHA20");

    /** In "Pay 1 euro", of the octet that says how much. */
    private static final int AMOUNT = 4;

    /** Type and length. */
    private static final int HANDSHAKE_HEADER = 4;

    private Tamperings() {}

    static boolean isStrong(String suite) {
        return STRONG.stream().anyMatch(suite::contains);
    }

    /** AlmostTLSv1 §6: the IV comes first in a fragment, and is added to the first block of what is decrypted. */
    static void modify(int number, WireRecord record, Tampering.Wire wire) throws IOException {
        wire.pass(number == 1 ? altered(record, AMOUNT, '1' ^ '9') : record);
    }

    static WireRecord altered(WireRecord record, int offset, int difference) {
        var fragment = record.fragment();
        fragment[offset] ^= (byte) difference;
        return record.withFragment(fragment);
    }

    static void reorder(int number, WireRecord record, Tampering.Wire wire) throws IOException {
        if (number != 1) wire.pass(record);
        if (number == 2) wire.pass(wire.earlier(1));
    }

    static void replay(int number, WireRecord record, Tampering.Wire wire) throws IOException {
        wire.pass(record);
        if (number == 1) wire.pass(record);
    }

    static void drop(int number, WireRecord record, Tampering.Wire wire) throws IOException {
        if (number != 2) wire.pass(record);
    }

    static void truncate(int number, WireRecord record, Tampering.Wire wire) throws IOException {
        wire.pass(record);
        if (number == 1) wire.end();
    }

    /** Alice's own data would come too late to go unnoticed, so Bob gets none of it. */
    static void reflect(int number, WireRecord record, Tampering.Wire wire) throws IOException {
        if (number == 1) wire.reflect(record);
        if (record.fromBob() || !record.is(ContentType.APPLICATION_DATA)) wire.pass(record);
    }

    /** Whatever comes as data goes on as a heartbeat. */
    static void heartbeats(int number, WireRecord record, Tampering.Wire wire) throws IOException {
        wire.pass(number == 0 ? record : record.withType(ContentType.HEARTBEAT));
    }

    static void stripSuites(int number, WireRecord record, Tampering.Wire wire) throws IOException {
        wire.pass(isClientHello(record) ? stripped(record) : record);
    }

    /** Not just by its type: an encrypted Finished begins with any octet, but does not give its own length (RFC 5246 §7.4). */
    static boolean isClientHello(WireRecord record) {
        int body = record.fragmentLength() - HANDSHAKE_HEADER;
        var start = new byte[] {
            (byte) HandshakeType.CLIENT_HELLO.code(), (byte) (body >> 16), (byte) (body >> 8), (byte) body
        };
        return record.is(ContentType.HANDSHAKE)
                && body >= 0
                && Arrays.equals(start, Arrays.copyOf(record.fragment(), start.length));
    }

    private static WireRecord stripped(WireRecord record) throws IOException {
        try {
            var hello = (ClientHello) HandshakeDecoder.HELLOS.decode(record.fragment());
            var weak = hello.cipherSuites().stream()
                    .filter(suite -> !isStrong(suite.name()))
                    .toList();
            var weaker = new ClientHello(
                    hello.legacyVersion(),
                    hello.random(),
                    hello.sessionId(),
                    weak,
                    hello.compressionMethods(),
                    hello.extensions());
            return record.withFragment(EncodedMessage.of(weaker).bytes());
        } catch (TlsAlertException unreadable) {
            throw new IOException(unreadable);
        }
    }
}
