package org.almosttls.alert;

/** Everything a peer can do wrong: the alert that answers it, the rule it breaks, and how to say so. */
public enum Violation {
    // Records
    UNKNOWN_CONTENT_TYPE(AlertDescription.UNEXPECTED_MESSAGE, "RFC 5246 §6.2.1", "record of an unknown content type"),
    CONTENT_TYPE_MISSING(AlertDescription.UNEXPECTED_MESSAGE, "RFC 8446 §5.4", "record that holds nothing but zeroes"),
    NOT_TLS(AlertDescription.PROTOCOL_VERSION, "RFC 5246 §6.2.1", "the peer does not speak TLS"),
    ALMOST_TLS_MET(
            AlertDescription.PROTOCOL_VERSION,
            "RFC 5246 §6.2.1",
            "the peer speaks AlmostTLSv1, the textbook protocol, and not TLS"),
    NOT_ALMOST_TLS(AlertDescription.PROTOCOL_VERSION, "AlmostTLSv1 §2", "the peer does not speak AlmostTLSv1"),
    WRONG_RECORD_VERSION(AlertDescription.PROTOCOL_VERSION, "RFC 5246 §6.2.1", "record with the wrong version"),
    RECORD_TOO_LONG(AlertDescription.RECORD_OVERFLOW, "RFC 5246 §6.2.3", "record longer than allowed"),
    RECORD_OVER_LIMIT(AlertDescription.RECORD_OVERFLOW, "RFC 8449 §4", "record longer than was agreed"),
    BAD_RECORD(AlertDescription.BAD_RECORD_MAC, "RFC 5246 §6.2.3", "record that does not authenticate"),
    DECOMPRESSION_FAILED(
            AlertDescription.DECOMPRESSION_FAILURE,
            "RFC 5246 §6.2.2",
            "record that does not decompress to at most 2^14 octets"),
    RECORD_OUT_OF_ORDER(AlertDescription.BAD_RECORD_MAC, "AlmostTLSv1 §6", "records reordered, replayed or missing"),
    STREAM_CUT_OFF(AlertDescription.BAD_RECORD_MAC, "AlmostTLSv1 §6", "stream that ends within a record"),
    EMPTY_FRAGMENT(AlertDescription.UNEXPECTED_MESSAGE, "RFC 5246 §6.2.1", "empty handshake, alert or ccs record"),
    TOO_MANY_EMPTY_RECORDS(AlertDescription.UNEXPECTED_MESSAGE, "RFC 5246 §6.2.1", "flood of empty records"),
    TOO_MANY_WARNINGS(AlertDescription.UNEXPECTED_MESSAGE, "RFC 5246 §7.2", "flood of warning alerts"),
    TOO_MANY_HEARTBEATS(
            AlertDescription.UNEXPECTED_MESSAGE,
            "RFC 6520 §4",
            "flood of heartbeats that are none or that nobody awaits"),
    HEARTBEAT_UNANSWERED(
            AlertDescription.INTERNAL_ERROR,
            "RFC 6520 §3",
            "the peer is silent and has not answered a heartbeat, so it is taken for dead"),
    MALFORMED_ALERT(AlertDescription.DECODE_ERROR, "RFC 5246 §7.2", "alert that means nothing"),
    ALERT_LEVEL_UNKNOWN(AlertDescription.ILLEGAL_PARAMETER, "RFC 5246 §7.2", "alert of a level that there is not"),
    MALFORMED_CHANGE_CIPHER_SPEC(
            AlertDescription.DECODE_ERROR, "RFC 5246 §7.1", "ChangeCipherSpec that is not one octet"),
    WRONG_CHANGE_CIPHER_SPEC(AlertDescription.ILLEGAL_PARAMETER, "RFC 5246 §7.1", "ChangeCipherSpec that is not 1"),
    TOO_MUCH_EARLY_DATA(
            AlertDescription.UNEXPECTED_MESSAGE, "RFC 8446 §4.2.10", "more early data than is taken or passed over"),
    CHANGE_CIPHER_SPEC_NOT_DROPPED(
            AlertDescription.UNEXPECTED_MESSAGE,
            "RFC 8446 §5",
            "ChangeCipherSpec that is encrypted, or not the one octet that is dropped"),
    TOO_MANY_CHANGE_CIPHER_SPECS(AlertDescription.UNEXPECTED_MESSAGE, "RFC 8446 §5", "flood of ChangeCipherSpecs"),
    SEQUENCE_EXHAUSTED(AlertDescription.INTERNAL_ERROR, "RFC 5246 §6.1", "sequence number would wrap"),

    // Messages
    MALFORMED_MESSAGE(AlertDescription.DECODE_ERROR, "RFC 5246 §7.2.2", "message that cannot be decoded"),
    MESSAGE_TOO_LONG(AlertDescription.ILLEGAL_PARAMETER, "RFC 5246 §7.4", "handshake message longer than allowed"),
    MESSAGE_INTERLEAVED(AlertDescription.UNEXPECTED_MESSAGE, "RFC 5246 §6.2.1", "handshake message interrupted"),
    MESSAGE_ACROSS_KEYS(AlertDescription.UNEXPECTED_MESSAGE, "RFC 5246 §7.1", "handshake message across a key change"),
    UNEXPECTED_MESSAGE(AlertDescription.UNEXPECTED_MESSAGE, "RFC 5246 §7.4", "message that is not expected now"),
    KEY_UPDATE_UNKNOWN(
            AlertDescription.ILLEGAL_PARAMETER, "RFC 8446 §4.6.3", "KeyUpdate that neither asks for one nor does not"),
    TOO_MANY_LATE_MESSAGES(
            AlertDescription.UNEXPECTED_MESSAGE, "RFC 8446 §4.6", "flood of messages after the handshake"),
    DATA_BEFORE_FINISHED(AlertDescription.UNEXPECTED_MESSAGE, "RFC 5246 §7.3", "application data during the handshake"),

    // Hellos
    VERSION_NOT_SUPPORTED(AlertDescription.PROTOCOL_VERSION, "RFC 5246 §E.1", "no protocol version in common"),
    VERSION_NOT_OFFERED(
            AlertDescription.ILLEGAL_PARAMETER, "RFC 5246 §E.1", "server chose a version that was not offered"),
    SUITE_NOT_OFFERED(
            AlertDescription.ILLEGAL_PARAMETER, "RFC 5246 §7.4.1.3", "server chose a suite that was not offered"),
    SUITE_OF_OTHER_VERSION(
            AlertDescription.ILLEGAL_PARAMETER, "RFC 5288 §4", "server chose a suite that its version does not have"),
    NOTHING_TO_OFFER(
            AlertDescription.HANDSHAKE_FAILURE, "RFC 5246 §7.4.1.2", "no usable protocol version or suite is enabled"),
    FALLBACK_REFUSED(
            AlertDescription.INAPPROPRIATE_FALLBACK, "RFC 7507 §3", "client fell back to a version lower than need be"),
    NO_COMMON_SUITE(AlertDescription.HANDSHAKE_FAILURE, "RFC 5246 §7.4.1.3", "no cipher suite in common"),
    NO_COMMON_GROUP(AlertDescription.HANDSHAKE_FAILURE, "RFC 8422 §5.1", "no named group in common"),
    NO_COMMON_FIELD(AlertDescription.INSUFFICIENT_SECURITY, "RFC 7919 §4", "no finite field in common"),
    NO_COMMON_SCHEME(AlertDescription.HANDSHAKE_FAILURE, "RFC 5246 §7.4.1.4.1", "no signature scheme in common"),
    NO_CREDENTIAL(AlertDescription.HANDSHAKE_FAILURE, "RFC 5246 §7.4.2", "no certificate that fits the peer's offer"),
    COMPRESSION_REQUIRED(AlertDescription.ILLEGAL_PARAMETER, "RFC 5246 §7.4.1.2", "null compression is missing"),
    COMPRESSION_NOT_OFFERED(
            AlertDescription.ILLEGAL_PARAMETER,
            "RFC 5246 §7.4.1.3",
            "server chose a compression method that was not offered"),
    RESUMED_WITH_OTHER_COMPRESSION(
            AlertDescription.ILLEGAL_PARAMETER,
            "RFC 5246 §7.4.1.3",
            "session resumed with a compression method that is not its own"),
    DUPLICATE_EXTENSION(AlertDescription.ILLEGAL_PARAMETER, "RFC 5246 §7.4.1.4", "extension that occurs twice"),
    EXTENSION_NOT_OFFERED(
            AlertDescription.UNSUPPORTED_EXTENSION, "RFC 5246 §7.4.1.4", "extension that was not offered"),
    EXTENSION_MISPLACED(
            AlertDescription.ILLEGAL_PARAMETER, "RFC 8446 §4.2", "extension in a message that it does not belong to"),
    PSK_BINDERS_MISCOUNTED(
            AlertDescription.ILLEGAL_PARAMETER, "RFC 8446 §4.2.11", "not as many binders as pre-shared keys"),
    WRONG_BINDER(AlertDescription.DECRYPT_ERROR, "RFC 8446 §4.2.11", "binder of a pre-shared key that does not verify"),
    PSK_UNKNOWN(
            AlertDescription.DECRYPT_ERROR,
            "RFC 8446 §6.2",
            "no pre-shared key of any identity that was offered, and no certificate to show instead"),
    EARLY_DATA_OF_OTHER_SESSION(
            AlertDescription.ILLEGAL_PARAMETER,
            "RFC 8446 §4.2.10",
            "early data accepted without the session it was sent with, or in another suite or protocol"),
    EARLY_DATA_DOWNGRADED(
            AlertDescription.PROTOCOL_VERSION, "RFC 8446 §D.3", "early data answered with an older version"),
    PSK_NOT_OFFERED(
            AlertDescription.ILLEGAL_PARAMETER,
            "RFC 8446 §4.2.11",
            "server chose a pre-shared key that was not offered"),
    PSK_OF_OTHER_HASH(
            AlertDescription.ILLEGAL_PARAMETER,
            "RFC 8446 §4.2.11",
            "server chose a pre-shared key and a suite of another hash"),
    PSK_WITHOUT_KEY_SHARE(
            AlertDescription.ILLEGAL_PARAMETER,
            "RFC 8446 §4.2.11",
            "server chose a pre-shared key and sent no key share"),
    PSK_NOT_LAST(
            AlertDescription.ILLEGAL_PARAMETER,
            "RFC 8446 §4.2.11",
            "pre_shared_key is not the client's last extension"),
    EXTENSION_MISSING(AlertDescription.MISSING_EXTENSION, "RFC 8446 §9.2", "extension that must be there is missing"),
    COMPRESSION_OFFERED(
            AlertDescription.ILLEGAL_PARAMETER, "RFC 8446 §4.1.2", "other compression than none offered for TLS 1.3"),
    LEGACY_VERSION_WRONG(
            AlertDescription.ILLEGAL_PARAMETER, "RFC 8446 §4.1.3", "legacy_version of a TLS 1.3 server is not 0x0303"),
    SESSION_ID_NOT_ECHOED(AlertDescription.ILLEGAL_PARAMETER, "RFC 8446 §4.1.3", "server did not echo the session id"),
    KEY_SHARE_TWICE(AlertDescription.ILLEGAL_PARAMETER, "RFC 8446 §4.2.8", "two key shares of one group"),
    KEY_SHARE_WITHOUT_GROUP(
            AlertDescription.ILLEGAL_PARAMETER, "RFC 8446 §4.2.8", "key share of a group that is not offered"),
    KEY_SHARES_OUT_OF_ORDER(
            AlertDescription.ILLEGAL_PARAMETER, "RFC 8446 §4.2.8", "key shares in another order than their groups"),
    KEY_SHARE_NOT_AS_REQUESTED(
            AlertDescription.ILLEGAL_PARAMETER,
            "RFC 8446 §4.2.8",
            "second hello without the one key share that was asked for"),
    COOKIE_NOT_GIVEN(AlertDescription.ILLEGAL_PARAMETER, "RFC 8446 §4.2.2", "cookie that this server never gave"),
    COOKIE_TOO_LONG(
            AlertDescription.ILLEGAL_PARAMETER, "RFC 8446 §4.2.2", "cookie that leaves no room for another hello"),
    SECOND_HELLO_DIFFERS(
            AlertDescription.ILLEGAL_PARAMETER,
            "RFC 8446 §4.1.2",
            "second hello differs from the first in what must stay"),
    RETRY_CHANGES_NOTHING(
            AlertDescription.ILLEGAL_PARAMETER, "RFC 8446 §4.1.4", "HelloRetryRequest that would change nothing"),
    RETRY_REPEATED(AlertDescription.UNEXPECTED_MESSAGE, "RFC 8446 §4.1.4", "second HelloRetryRequest"),
    RETRY_SUITE_CHANGED(
            AlertDescription.ILLEGAL_PARAMETER,
            "RFC 8446 §4.1.4",
            "server chose another suite than in its HelloRetryRequest"),
    ENCRYPT_THEN_MAC_MISPLACED(
            AlertDescription.ILLEGAL_PARAMETER, "RFC 7366 §3", "encrypt_then_mac for a suite that has no MAC"),
    FRAGMENT_LENGTH_UNKNOWN(
            AlertDescription.ILLEGAL_PARAMETER, "RFC 6066 §4", "max_fragment_length that stands for no length"),
    FRAGMENT_LENGTH_NOT_OFFERED(
            AlertDescription.ILLEGAL_PARAMETER, "RFC 6066 §4", "another max_fragment_length than was asked for"),
    RECORD_LIMIT_TOO_LOW(AlertDescription.ILLEGAL_PARAMETER, "RFC 8449 §4", "record_size_limit below 64"),
    TWO_RECORD_LIMITS(
            AlertDescription.ILLEGAL_PARAMETER,
            "RFC 8449 §5",
            "max_fragment_length and record_size_limit both answered"),
    ENCRYPT_THEN_MAC_DROPPED(
            AlertDescription.HANDSHAKE_FAILURE, "RFC 7366 §3.1", "renegotiation that gives up encrypt_then_mac"),
    HEARTBEAT_MODE_UNKNOWN(AlertDescription.ILLEGAL_PARAMETER, "RFC 6520 §2", "heartbeat mode that stands for nothing"),
    DOWNGRADED(AlertDescription.ILLEGAL_PARAMETER, "RFC 8446 §4.1.3", "server random carries a downgrade mark"),
    POINT_FORMAT_MISSING(AlertDescription.ILLEGAL_PARAMETER, "RFC 8422 §5.1.2", "uncompressed points are not offered"),
    NAME_NOT_RECOGNIZED(AlertDescription.UNRECOGNIZED_NAME, "RFC 6066 §3", "server name that is not served here"),
    HOST_NAME_INVALID(AlertDescription.ILLEGAL_PARAMETER, "RFC 6066 §3", "server name that is no host name"),
    DUPLICATE_SERVER_NAME(AlertDescription.ILLEGAL_PARAMETER, "RFC 6066 §3", "more than one host name"),
    NO_APPLICATION_PROTOCOL(
            AlertDescription.NO_APPLICATION_PROTOCOL, "RFC 7301 §3.2", "no application protocol in common"),
    ALPN_NOT_OFFERED(
            AlertDescription.ILLEGAL_PARAMETER, "RFC 7301 §3.1", "server chose a protocol that was not offered"),
    WRONG_RENEGOTIATION_INFO(
            AlertDescription.HANDSHAKE_FAILURE, "RFC 5746 §3.4", "renegotiation_info that does not match"),
    SIGNALLING_SUITE_MISPLACED(
            AlertDescription.HANDSHAKE_FAILURE,
            "RFC 5746 §3.7",
            "the signalling suite of a first handshake in a renegotiation"),
    RENEGOTIATION_NOT_BOUND(
            AlertDescription.HANDSHAKE_FAILURE, "RFC 7627 §5.4", "renegotiation without extended master secret"),
    SERVER_NAME_CHANGED(AlertDescription.ILLEGAL_PARAMETER, "RFC 5746 §5", "renegotiation for another server name"),
    NO_SESSION_TO_RESUME(
            AlertDescription.HANDSHAKE_FAILURE, "RFC 5246 §7.3", "No existing session to resume, and none may be made"),
    RESUMED_WITH_OTHER_SUITE(
            AlertDescription.ILLEGAL_PARAMETER,
            "RFC 5246 §7.4.1.3",
            "session resumed with a suite that is not its own"),
    RESUMED_WITH_OTHER_VERSION(
            AlertDescription.ILLEGAL_PARAMETER,
            "RFC 5246 §7.4.1.3",
            "session resumed in a version that is not its own"),
    EXTENDED_MASTER_SECRET_CHANGED(
            AlertDescription.HANDSHAKE_FAILURE,
            "RFC 7627 §5.3",
            "session resumed with extended master secret where it had none, or without where it had it"),
    TOO_MANY_HELLO_REQUESTS(
            AlertDescription.UNEXPECTED_MESSAGE, "RFC 5246 §7.4.1.1", "flood of HelloRequests during the handshake"),
    TOO_MANY_RENEGOTIATIONS(
            AlertDescription.UNEXPECTED_MESSAGE, "RFC 5246 §7.2.2", "peer insists on a renegotiation that was refused"),

    // Authentication and key exchange
    CERTIFICATE_MALFORMED(AlertDescription.BAD_CERTIFICATE, "RFC 5246 §7.4.2", "certificate that cannot be parsed"),
    CERTIFICATE_CHAIN_TOO_LONG(
            AlertDescription.BAD_CERTIFICATE, "RFC 5246 §7.4.2", "certificate chain longer than allowed"),
    CERTIFICATE_CHANGED(
            AlertDescription.BAD_CERTIFICATE, "RFC 5746 §5", "another certificate than before the renegotiation"),
    CERTIFICATE_MISSING(AlertDescription.HANDSHAKE_FAILURE, "RFC 5246 §7.4.6", "peer sent no certificate"),
    SERVER_CERTIFICATE_MISSING(
            AlertDescription.BAD_CERTIFICATE, "RFC 5246 §7.4.2", "server sent an empty certificate list"),
    CERTIFICATE_CONTEXT_WRONG(
            AlertDescription.ILLEGAL_PARAMETER,
            "RFC 8446 §4.4.2",
            "certificate_request_context that is not the request's"),
    FILTER_FOR_ANY_PURPOSE(
            AlertDescription.ILLEGAL_PARAMETER,
            "RFC 8446 §4.2.5",
            "certificate wanted that is for any purpose, which is nothing to filter by"),
    CERTIFICATE_COMPRESSION_NOT_OFFERED(
            AlertDescription.ILLEGAL_PARAMETER,
            "RFC 8879 §4",
            "certificate compressed by an algorithm that was not offered"),
    CERTIFICATE_NOT_COMPRESSED(
            AlertDescription.BAD_CERTIFICATE, "RFC 8879 §4", "compressed certificate that does not decompress"),
    UNCOMPRESSED_LENGTH_WRONG(
            AlertDescription.BAD_CERTIFICATE,
            "RFC 8879 §4",
            "compressed certificate that is longer or shorter than it says"),
    CERTIFICATE_CONTEXT_REPEATED(
            AlertDescription.ILLEGAL_PARAMETER,
            "RFC 8446 §4.3.2",
            "certificate_request_context of another request on the same connection"),
    TOO_MANY_CERTIFICATE_REQUESTS(
            AlertDescription.UNEXPECTED_MESSAGE, "RFC 8446 §4.6.2", "flood of requests for a certificate"),
    CERTIFICATE_LIST_EMPTY(AlertDescription.DECODE_ERROR, "RFC 8446 §4.4.2.4", "server sent no certificate"),
    CERTIFICATE_REQUIRED(AlertDescription.CERTIFICATE_REQUIRED, "RFC 8446 §4.4.2.4", "client sent no certificate"),
    CERTIFICATE_KEY_UNFIT(
            AlertDescription.UNSUPPORTED_CERTIFICATE, "RFC 5246 §7.4.2", "certificate key does not fit the suite"),
    CERTIFICATE_UNTRUSTED(AlertDescription.UNKNOWN_CA, "RFC 5246 §7.2.2", "certificate chain leads to no trusted CA"),
    CERTIFICATE_EXPIRED(AlertDescription.CERTIFICATE_EXPIRED, "RFC 5246 §7.2.2", "certificate is outside its validity"),
    CERTIFICATE_REVOKED(AlertDescription.CERTIFICATE_REVOKED, "RFC 5246 §7.2.2", "certificate was revoked"),
    CERTIFICATE_BAD(AlertDescription.BAD_CERTIFICATE, "RFC 5246 §7.2.2", "certificate is corrupt or wrongly signed"),
    CERTIFICATE_WEAK(
            AlertDescription.BAD_CERTIFICATE,
            "RFC 8446 §4.4.2.4",
            "certificate with a key or a signature that is not strong enough"),
    CERTIFICATE_STATUS_BAD(
            AlertDescription.BAD_CERTIFICATE_STATUS_RESPONSE,
            "RFC 6066 §8",
            "certificate status response that does not tell the certificate's status"),
    STATUS_TYPE_NOT_REQUESTED(
            AlertDescription.ILLEGAL_PARAMETER, "RFC 6066 §8", "certificate status of a kind that was not asked for"),
    CERTIFICATE_NAME_MISMATCH(AlertDescription.CERTIFICATE_UNKNOWN, "RFC 6125 §6", "certificate is for another name"),
    CERTIFICATE_REFUSED(AlertDescription.CERTIFICATE_UNKNOWN, "RFC 5246 §7.2.2", "certificate was refused"),
    SCHEME_NOT_OFFERED(AlertDescription.ILLEGAL_PARAMETER, "RFC 5246 §7.4.3", "signature scheme that was not offered"),
    WRONG_SIGNATURE(AlertDescription.DECRYPT_ERROR, "RFC 5246 §7.4.3", "signature that does not verify"),
    GROUP_NOT_OFFERED(AlertDescription.ILLEGAL_PARAMETER, "RFC 8422 §5.4", "named group that was not offered"),
    WEAK_FIELD(
            AlertDescription.INSUFFICIENT_SECURITY,
            "RFC 7919 §3.1",
            "Diffie-Hellman over a prime that is too short or long"),
    CURVE_NOT_NAMED(AlertDescription.HANDSHAKE_FAILURE, "RFC 8422 §5.4", "explicit curve parameters"),
    BAD_PUBLIC_KEY(AlertDescription.ILLEGAL_PARAMETER, "RFC 8422 §5.11", "public key that is not valid in its group"),
    PUBLIC_VALUE_OUT_OF_RANGE(
            AlertDescription.HANDSHAKE_FAILURE, "RFC 7919 §3", "Diffie-Hellman value that is not between 1 and p - 1"),
    TEXTBOOK_PEER_ELSEWHERE(
            AlertDescription.HANDSHAKE_FAILURE,
            "AlmostTLSv1 §9",
            "AlmostTLSv1 is spoken with peers on this machine only"),
    CLIENT_AUTHENTICATION_MISSING(
            AlertDescription.HANDSHAKE_FAILURE,
            "AlmostTLSv1 §3",
            "this end needs client authentication, which AlmostTLSv1 does not have"),
    WRONG_FINISHED(AlertDescription.DECRYPT_ERROR, "RFC 5246 §7.4.9", "Finished that does not verify"),

    // The caller's own
    INTERNAL(AlertDescription.INTERNAL_ERROR, "RFC 5246 §7.2.2", "failure of this end");

    /** In characters; enough for both ends' offers. */
    private static final int MOST_DETAIL = 4096;

    private final AlertDescription alert;
    private final String section;
    private final String text;

    Violation(AlertDescription alert, String section, String text) {
        this.alert = alert;
        this.section = section;
        this.text = text;
    }

    /** The fatal alert that answers this violation. */
    public AlertDescription alert() {
        return alert;
    }

    /** The rule that was broken, as {@code RFC nnnn §x.y}. */
    public String section() {
        return section;
    }

    /** What happened, in the words of the field, without a final stop. */
    public String text() {
        return text;
    }

    public void when(boolean violated) throws TlsAlertException {
        if (violated) throw exception();
    }

    public void unless(boolean obeyed) throws TlsAlertException {
        if (!obeyed) throw exception();
    }

    public TlsAlertException exception() {
        return new TlsAlertException(this, text, null);
    }

    /**
     * As {@link #exception()}, with what exactly was seen; {@code detail} must hold no secret. Whatever of it the peer
     * chose can neither fill the memory nor end the line of a log.
     */
    public TlsAlertException exception(String detail) {
        return new TlsAlertException(this, text + ": " + harmless(detail), null);
    }

    /** A violation that was noticed as it is, and whatever else goes wrong as a failure of this end. */
    public static TlsAlertException of(Throwable wrong) {
        return wrong instanceof TlsAlertException violation ? violation : INTERNAL.causedBy(wrong);
    }

    /** As {@link #exception()}, for a failure that the platform or the application reported. */
    public TlsAlertException causedBy(Throwable cause) {
        return new TlsAlertException(this, text + ": " + harmless(String.valueOf(cause.getMessage())), cause);
    }

    private static String harmless(String detail) {
        String some = detail.length() > MOST_DETAIL ? detail.substring(0, MOST_DETAIL) + "..." : detail;
        return some.replaceAll("[\\p{Cntrl}\\x80-\\x9F\\u2028\\u2029]", "?");
    }
}
