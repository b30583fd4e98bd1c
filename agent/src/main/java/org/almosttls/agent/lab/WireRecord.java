package org.almosttls.agent.lab;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.almosttls.registry.ContentType;

/**
 * One record as it goes over the wire: type, version, length, fragment, in TLS (RFC 5246 §6.2.1) as in AlmostTLSv1 (§2).
 *
 * @param bytes header included; not to be changed
 */
record WireRecord(boolean fromBob, byte[] bytes) {

    private static final int HEADER = 5;

    /** The next one, or none at the end of the stream, even amid a record. */
    static Optional<WireRecord> read(boolean fromBob, DataInputStream in) throws IOException {
        var header = in.readNBytes(HEADER);
        if (header.length < HEADER) return Optional.empty();
        int length = (header[3] & 0xFF) << 8 | header[4] & 0xFF;
        var bytes = Arrays.copyOf(header, HEADER + length);
        try {
            in.readFully(bytes, HEADER, length);
        } catch (EOFException cut) {
            return Optional.empty();
        }
        return Optional.of(new WireRecord(fromBob, bytes));
    }

    int type() {
        return bytes[0] & 0xFF;
    }

    boolean is(ContentType type) {
        return type() == type.code();
    }

    byte[] fragment() {
        return Arrays.copyOfRange(bytes, HEADER, bytes.length);
    }

    int fragmentLength() {
        return bytes.length - HEADER;
    }

    /** The same with other content behind a header that fits it. */
    WireRecord withFragment(byte[] fragment) {
        var changed = Arrays.copyOf(bytes, HEADER + fragment.length);
        changed[3] = (byte) (fragment.length >> 8);
        changed[4] = (byte) fragment.length;
        System.arraycopy(fragment, 0, changed, HEADER, fragment.length);
        return new WireRecord(fromBob, changed);
    }

    /** The same under another type. */
    WireRecord withType(ContentType type) {
        var changed = bytes.clone();
        changed[0] = (byte) type.code();
        return new WireRecord(fromBob, changed);
    }

    /** Where {@code wanted} is in it, in the clear. */
    boolean shows(byte[] wanted) {
        return latin(bytes).contains(latin(wanted));
    }

    /** Octets and characters one to one. */
    private static String latin(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
