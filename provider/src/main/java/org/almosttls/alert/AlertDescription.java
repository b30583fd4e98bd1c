package org.almosttls.alert;

import java.util.HashMap;
import java.util.Map;

/** RFC 5246 §7.2 and the IANA registry of TLS alerts: what an alert says; unknown numbers survive. */
public record AlertDescription(int code) {

    private static final Map<Integer, String> NAMES = new HashMap<>();

    public static final AlertDescription CLOSE_NOTIFY = named(0, "close_notify");
    public static final AlertDescription UNEXPECTED_MESSAGE = named(10, "unexpected_message");
    public static final AlertDescription BAD_RECORD_MAC = named(20, "bad_record_mac");
    public static final AlertDescription RECORD_OVERFLOW = named(22, "record_overflow");
    public static final AlertDescription HANDSHAKE_FAILURE = named(40, "handshake_failure");
    public static final AlertDescription BAD_CERTIFICATE = named(42, "bad_certificate");
    public static final AlertDescription UNSUPPORTED_CERTIFICATE = named(43, "unsupported_certificate");
    public static final AlertDescription CERTIFICATE_REVOKED = named(44, "certificate_revoked");
    public static final AlertDescription CERTIFICATE_EXPIRED = named(45, "certificate_expired");
    public static final AlertDescription CERTIFICATE_UNKNOWN = named(46, "certificate_unknown");
    public static final AlertDescription ILLEGAL_PARAMETER = named(47, "illegal_parameter");
    public static final AlertDescription UNKNOWN_CA = named(48, "unknown_ca");
    public static final AlertDescription ACCESS_DENIED = named(49, "access_denied");
    public static final AlertDescription DECOMPRESSION_FAILURE = named(30, "decompression_failure");
    public static final AlertDescription DECODE_ERROR = named(50, "decode_error");
    public static final AlertDescription DECRYPT_ERROR = named(51, "decrypt_error");
    public static final AlertDescription PROTOCOL_VERSION = named(70, "protocol_version");
    public static final AlertDescription INSUFFICIENT_SECURITY = named(71, "insufficient_security");
    public static final AlertDescription INTERNAL_ERROR = named(80, "internal_error");
    public static final AlertDescription INAPPROPRIATE_FALLBACK = named(86, "inappropriate_fallback");
    public static final AlertDescription USER_CANCELED = named(90, "user_canceled");
    public static final AlertDescription NO_RENEGOTIATION = named(100, "no_renegotiation");
    public static final AlertDescription MISSING_EXTENSION = named(109, "missing_extension");
    public static final AlertDescription UNSUPPORTED_EXTENSION = named(110, "unsupported_extension");
    public static final AlertDescription UNRECOGNIZED_NAME = named(112, "unrecognized_name");
    public static final AlertDescription BAD_CERTIFICATE_STATUS_RESPONSE =
            named(113, "bad_certificate_status_response");
    public static final AlertDescription UNKNOWN_PSK_IDENTITY = named(115, "unknown_psk_identity");
    public static final AlertDescription CERTIFICATE_REQUIRED = named(116, "certificate_required");
    public static final AlertDescription NO_APPLICATION_PROTOCOL = named(120, "no_application_protocol");

    /** AlmostTLSv1 §7: the one error of the textbook protocol; a number that TLS leaves free. */
    public static final AlertDescription ALMOST_FAILURE = named(0xA1, "failure");

    static {
        // Gone from the protocol, or defined for what is not spoken here; a peer may still say them.
        named(21, "decryption_failed_RESERVED");
        named(41, "no_certificate_RESERVED");
        named(52, "too_many_cids_requested");
        named(60, "export_restriction_RESERVED");
        named(111, "certificate_unobtainable_RESERVED");
        named(114, "bad_certificate_hash_value_RESERVED");
        named(117, "general_error");
        named(121, "ech_required");
    }

    private static AlertDescription named(int code, String name) {
        NAMES.put(code, name);
        return new AlertDescription(code);
    }

    /** The registry's name, or {@code alert 0xNN} for a number it does not have. */
    public String name() {
        var name = NAMES.get(code);
        return name != null ? name : "alert 0x%02X".formatted(code);
    }

    // By hand, as those of a number of the registry.
    @Override
    public boolean equals(Object other) {
        return other instanceof AlertDescription description && description.code == code;
    }

    @Override
    public int hashCode() {
        return code;
    }

    @Override
    public String toString() {
        return name();
    }
}
