package org.almosttls.registry;

import java.util.List;
import java.util.Optional;

/** RFC 5246 §6.2.1: what a record carries. */
public enum ContentType {
    CHANGE_CIPHER_SPEC(20),
    ALERT(21),
    HANDSHAKE(22),
    APPLICATION_DATA(23),
    HEARTBEAT(24);

    private static final List<Optional<ContentType>> BY_CODE = Codes.ofUint8(values(), ContentType::code);

    private final int code;

    ContentType(int code) {
        this.code = code;
    }

    /** The content type with this number, 0 to 255. Allocates nothing. */
    public static Optional<ContentType> of(int code) {
        return BY_CODE.get(code);
    }

    public int code() {
        return code;
    }
}
