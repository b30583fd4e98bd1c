package org.almosttls.agent.upgrade;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** RFC 4511 §4.14.1: LDAP's request for TLS, an ExtendedRequest of that name and nothing else. */
final class StartTls {

    private static final byte[] NAME = "1.3.6.1.4.1.1466.20037".getBytes(StandardCharsets.US_ASCII);
    private static final int NONE = -1;
    /** With whatever controls are behind the name. */
    private static final int MOST = 1024;

    // RFC 4511 §4.1.1 and §4.12, X.690 §8.1.2.
    private static final int LDAP_MESSAGE = 0x30;
    private static final int MESSAGE_ID = 0x02;
    private static final int EXTENDED_REQUEST = 0x77;
    private static final int REQUEST_NAME = 0x80;

    private final byte[] bytes;
    private final int end;
    private int at;

    private StartTls(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.at = offset;
        this.end = offset + length;
    }

    /** How long the request is that begins so, 0 if these are none or more than one. */
    static int lengthOf(byte[] bytes, int offset, int length) {
        var in = new StartTls(bytes, offset, length);
        int message = in.next(LDAP_MESSAGE);
        if (message < 0) return 0;
        int whole = in.at - offset + message;
        int id = in.next(MESSAGE_ID);
        if (id < 1) return 0;
        in.at += id;
        boolean named =
                in.next(EXTENDED_REQUEST) >= 2 + NAME.length && in.next(REQUEST_NAME) == NAME.length && in.isName();
        return named && length <= whole ? whole : 0;
    }

    /** X.690 §8.1.3: how long what comes next is, if it has this tag; from then on it is what comes next. */
    private int next(int tag) {
        if (end - at < 2 || (bytes[at] & 0xFF) != tag) return NONE;
        int length = bytes[at + 1] & 0xFF;
        at += 2;
        if (length < 0x80) return length;
        int octets = length & 0x7F;
        if (octets == 0 || octets > 4 || end - at < octets) return NONE;
        length = 0;
        for (int i = 0; i < octets; i++) length = length << 8 | bytes[at++] & 0xFF;
        return length >= 0 && length <= MOST ? length : NONE;
    }

    private boolean isName() {
        return end - at >= NAME.length && Arrays.equals(bytes, at, at + NAME.length, NAME, 0, NAME.length);
    }
}
